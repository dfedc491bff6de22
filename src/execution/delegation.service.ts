import { Injectable } from '@nestjs/common';
import { AgentsService } from '../agents/agents.service.js';
import type { SubtreeAgent } from '../agents/agents.store.port.js';
import { newId } from '../common/ids.js';
import type { JsonObject } from '../common/json.js';
import { covers } from '../tasks/domain/capability.js';
import { typesOf } from '../workflows/domain/works.js';
import { WorkflowsService } from '../workflows/workflows.service.js';
import { assignAgents, typesToRoute } from './domain/assign-agents.js';
import { MAX_SPAWN_DEPTH } from './domain/advance/spawning.js';
import { singleTask, toTaskPointers } from './domain/single-task.js';
import { isTerminalTask } from './domain/status.js';
import { type LockedRun, RunsStore, type TaskRecord } from './runs-store.port.js';
import {
  effectInProgress,
  invalidTask,
  notDelegable,
  notStartable,
  spawnedTooDeep,
  taskEnded,
} from './runs.errors.js';
import { SignalsService } from './signals.service.js';
import type { Delegation, SpawnedTask, SpawnTask } from './task-actions.schemas.js';

/** Why an agent cannot take a task that does these types. */
function whyNot(agent: SubtreeAgent | undefined, task: TaskRecord, taskTypes: readonly string[]): string {
  if (agent === undefined) return 'it is not among the agents of the owner';
  if (agent.id === task.agentId) return 'it has the task already';
  return agent.status === 'active'
    ? `it has no capability for ${taskTypes.join(' or ')}`
    : `it is ${agent.status}`;
}

const isFit = ({ status, capabilities }: SubtreeAgent, taskTypes: readonly string[]): boolean =>
  status === 'active' &&
  taskTypes.every((taskType) => capabilities.some((capability) => covers(capability, taskType)));

/** Gives tasks to other agents of the owner, and tasks tasks of their own. */
@Injectable()
export class DelegationService {
  constructor(
    private readonly signals: SignalsService,
    private readonly agents: AgentsService,
    private readonly workflows: WorkflowsService,
    private readonly store: RunsStore,
  ) {}

  /** Answers the id of the run. Fails as `not_delegable` with every agent that may take the task. */
  async delegate(taskId: string, { toAgentId, by }: Delegation & { readonly by: string }): Promise<string> {
    return this.signals.askTask(taskId, {
      kind: 'delegate',
      like: ['delegate'],
      payload: async (task, run) => {
        if (isTerminalTask(task.status) || task.status === 'unknown') throw taskEnded(taskId, task.status);
        if (task.status === 'running' && task.effect === 'irreversible') throw effectInProgress(taskId);
        const agents = await this.agents.subtree(await this.ownerOf(run, task));
        const definition = await this.store.findTaskDefinition(taskId);
        const types = definition === null ? [task.taskType] : typesOf(definition);
        const allowed = agents
          .filter((agent) => agent.id !== task.agentId && isFit(agent, types))
          .map(({ id }) => id);
        const named = agents.find(({ id }) => id === toAgentId);
        if (!allowed.includes(toAgentId))
          throw notDelegable(toAgentId, task, allowed, whyNot(named, task, types));
        return { toAgentId, by };
      },
    });
  }

  /** Answers where the new task will be. */
  async spawn(taskId: string, { by, ...task }: SpawnTask & { readonly by: string }): Promise<SpawnedTask> {
    const id = newId();
    const runId = await this.signals.askTask(taskId, {
      kind: 'spawn',
      like: [],
      payload: async (parent, run) => {
        if (isTerminalTask(parent.status) || parent.status === 'unknown')
          throw taskEnded(taskId, parent.status);
        if ((await this.store.countAncestors(taskId)) >= MAX_SPAWN_DEPTH)
          throw spawnedTooDeep(taskId, MAX_SPAWN_DEPTH);
        return { id, by, ...(await this.checked(task, await this.ownerOf(run, parent))) };
      },
    });
    return { id, parentTaskId: taskId, runId };
  }

  /** The agent whose subtree executes the run. A workflow may be gone by now: then the task's own agent. */
  private async ownerOf(run: LockedRun, task: TaskRecord): Promise<string> {
    if (run.agentId !== null) return run.agentId;
    const owner = run.workflowId === null ? null : await this.workflows.findOwner(run.workflowId);
    return owner?.ownerAgentId ?? task.agentId ?? '';
  }

  private async checked(task: Omit<SpawnTask, 'by'>, ownerAgentId: string): Promise<JsonObject> {
    const { agentId, ...rest } = task;
    const { definition, issues } = await this.workflows.validate(singleTask(agentId, rest), ownerAgentId);
    if (definition === null) throw invalidTask(toTaskPointers(issues));
    const routes = await this.agents.route(ownerAgentId, typesToRoute(definition));
    const assigned = assignAgents(definition, await this.agents.subtree(ownerAgentId), routes);
    if ('issues' in assigned) throw notStartable(toTaskPointers(assigned.issues));
    const [first] = definition.tasks;
    const { taskId: _taskId, dependencies: _none, ...kept } = first as (typeof definition.tasks)[number];
    return { agentId: assigned.agentIds[0] as string, definition: kept as unknown as JsonObject };
  }
}

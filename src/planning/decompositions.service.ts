import { Injectable } from '@nestjs/common';
import type { JsonObject } from '../common/json.js';
import { ConflictError } from '../common/tandem-error.js';
import { DelegationService } from '../execution/delegation.service.js';
import { RunsService } from '../execution/runs.service.js';
import { type FunctionAnswer, LlmService } from '../llm/llm.service.js';
import { DecomposeTask } from './functions/decompose-task/decompose-task.function.js';
import type { Decomposition } from './functions/decompose-task/decomposition.schemas.js';
import { PlanningScopes } from './planning-scope.service.js';
import type { Decompose, DecomposeLive } from './planning.schemas.js';

const SHOWN_TYPES = 30;

/** Parts of a task that is under way, and where those that were started are. */
export interface LiveDecomposition {
  readonly answer: FunctionAnswer<Decomposition>;
  /** taskId of the part → id of the task. */
  readonly spawned: ReadonlyMap<string, string>;
}

/** Splits tasks: those of a body, and those that are under way. */
@Injectable()
export class Decompositions {
  constructor(
    private readonly llm: LlmService,
    private readonly fn: DecomposeTask,
    private readonly scopes: PlanningScopes,
    private readonly runs: RunsService,
    private readonly delegation: DelegationService,
  ) {}

  /** Stores and starts nothing. */
  decompose({ task, ownerAgentId, maxSubTasks, depth }: Decompose): Promise<FunctionAnswer<Decomposition>> {
    return this.ask({ ...task, maxSubTasks, depth }, { agentId: ownerAgentId ?? null });
  }

  /**
   * Starts the parts of a task that waits for a person below it: they do what the person would have to, who then answers. It
   * ends only when they have. Another task would do its work itself as well (409 `task_works_itself`). Parts that wait for each other cannot be started so
   * (409 `sub_tasks_ordered`). Fails as spawning does.
   */
  async decomposeLive(taskId: string, { maxSubTasks, by }: DecomposeLive): Promise<LiveDecomposition> {
    const task = await this.runs.getTask(taskId);
    const { runId, agentId, taskType, parameters } = task;
    if (task.waitingFor !== 'person') throw doesItself(taskId, task.status);
    const { workflowId } = await this.runs.get(runId);
    const given = parameters as JsonObject;
    const asked = { taskType, description: '', parameters: given, maxSubTasks, depth: 0 };
    const answer = await this.ask(asked, { agentId, workflowId, runId, taskId });
    const { subTasks } = answer.value;
    if (subTasks.some(({ dependencies }) => dependencies.length > 0)) throw ordered(taskId);
    const spawned = new Map<string, string>();
    for (const { taskId: part, dependencies: _none, ...work } of subTasks) {
      const child = await this.delegation.spawn(taskId, { ...work, by });
      spawned.set(part, child.id);
    }
    return { answer, spawned };
  }

  private ask(
    { maxSubTasks, depth, ...task }: Decompose['task'] & Pick<Decompose, 'maxSubTasks' | 'depth'>,
    context: Parameters<LlmService['call']>[2],
  ): Promise<FunctionAnswer<Decomposition>> {
    const shown = this.scopes
      .all()
      .slice(0, SHOWN_TYPES)
      .map(({ name }) => name);
    return this.llm.call(this.fn, { task, shown, maxSubTasks, depth }, context);
  }
}

const ordered = (taskId: string): ConflictError =>
  new ConflictError(
    'sub_tasks_ordered',
    `The parts of task ${taskId} wait for each other, and tasks below a running one start at once. ` +
      'Split it where it is defined: POST /api/v1/planning/decompose shows how.',
  );

const doesItself = (taskId: string, status: string): ConflictError =>
  new ConflictError(
    'task_works_itself',
    `Task ${taskId} is ${status} and does its own work: parts would do it twice. A task that waits for a person can be split; ` +
      'others where they are defined: POST /api/v1/planning/decompose shows how.',
  );

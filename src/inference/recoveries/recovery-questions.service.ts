import { Injectable } from '@nestjs/common';
import { AgentsService } from '../../agents/agents.service.js';
import type { SubtreeAgent } from '../../agents/agents.store.port.js';
import type { RecoveryContext } from '../../execution/recovery-advisor.port.js';
import { type RecoveryRecord, RecoveryRecords } from '../../execution/recoveries/recovery-records.port.js';
import { covers } from '../../tasks/domain/capability.js';
import { TaskTypeRegistry } from '../../tasks/task-type.registry.js';
import { hostsIn } from '../../workflows/domain/check-constraints.js';
import { typesOf } from '../../workflows/domain/works.js';
import { WorkflowsService } from '../../workflows/workflows.service.js';
import { doubtful, type RecoveryRule } from '../domain/recovery-rule.js';
import { toRecovery } from '../domain/to-proposal.js';
import type { RecoveryQuestion } from '../functions/get-recovery-strategy/recovery.schemas.js';

/** Other agents a task may be given to are looked for among so many. */
const MAX_AGENTS = 100;

/** Puts together all that is known about a failed task. */
@Injectable()
export class RecoveryQuestions {
  constructor(
    private readonly agents: AgentsService,
    private readonly workflows: WorkflowsService,
    private readonly types: TaskTypeRegistry,
    private readonly records: RecoveryRecords,
  ) {}

  /** `rules`: what is known of its kind of failure. */
  async about(context: RecoveryContext, rules: readonly RecoveryRule[]): Promise<RecoveryQuestion> {
    const { task, definition, agentId, assisted, effect, alternativesLeft, failure } = context;
    const { intelligenceLevel, executionMode } = await this.settingsOf(agentId);
    const records = await this.records.ofRun(context.runId);
    const ofTask = records.filter(({ id }) => id === context.id);
    const capable = await this.capableAgents(context, new Set(ofTask.map(failedWith)));
    const { code, class: errorClass, message } = failure;
    const tried = ofTask.map(({ proposal }) => toRecovery(proposal)).filter((each) => each !== null);
    // Whoever it was given to could not do it either.
    const wasGiven = tried.some(({ action }) => action === 'delegate');
    return {
      scenario: wasGiven ? 'delegation_error' : 'error_recovery',
      ...{ intelligenceLevel, executionMode, assisted },
      task: { taskType: task.taskType, description: task.description ?? '', parameters: task.parameters },
      error: { code, class: errorClass, message },
      situation: {
        ...{ effect, optional: task.optional ?? false, alternativesLeft },
        hasCompensation: task.compensation !== undefined,
        adjustable: [...(this.types.find(task.taskType)?.adjustableParameters ?? [])],
        agentIds: capable.map(({ id }) => id),
      },
      agents: capable.map(({ id, name, capabilities }) => ({ id, name, capabilities: [...capabilities] })),
      hosts: hostsIn(definition),
      tried,
      doubtful: doubtful(rules).map(({ recovery }) => recovery),
      knownRule: null,
      assistedRecoveries: {
        ofTask: ofTask.filter(isAssisted).length,
        ofRun: records.filter(isAssisted).length,
      },
    };
  }

  /** As they are now; an agent that is gone has the least. */
  private async settingsOf(agentId: string | null) {
    const agent = agentId === null ? null : await this.agents.find(agentId);
    return agent ?? ({ intelligenceLevel: 'basic', executionMode: 'strict' } as const);
  }

  /** In order of id, without those it failed with. */
  private async capableAgents(
    { workflowId, agentId, task }: RecoveryContext,
    failed: ReadonlySet<unknown>,
  ): Promise<SubtreeAgent[]> {
    const owner = workflowId === null ? null : await this.workflows.findOwner(workflowId);
    const ownerId = owner?.ownerAgentId ?? agentId;
    if (ownerId === null) return [];
    const types = typesOf(task);
    return (await this.agents.subtree(ownerId))
      .filter(
        ({ id, status, capabilities }) =>
          id !== agentId &&
          !failed.has(id) &&
          status === 'active' &&
          types.every((type) => capabilities.some((capability) => covers(capability, type))),
      )
      .slice(0, MAX_AGENTS);
  }
}

/** The agent that had the task when this was proposed. */
const failedWith = ({ proposal }: RecoveryRecord): unknown => proposal.details?.['agentId'];

/** Whether a model was asked for it, now or before. */
export const isAssisted = ({ proposal: { source } }: RecoveryRecord): boolean =>
  source === 'model' || source === 'cache';

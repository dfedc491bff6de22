import { Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { AgentsService } from '../../agents/agents.service.js';
import type { JsonValue } from '../../common/json.js';
import { Contributes } from '../../common/ports.js';
import { TandemError } from '../../common/tandem-error.js';
import {
  ADAPTATION_ADVISOR,
  type AdaptationAdvisor,
  type RunNotice,
} from '../../execution/adaptation-advisor.port.js';
import { Features } from '../../features/features.service.js';
import { WorkflowsService } from '../../workflows/workflows.service.js';
import { reachOf } from '../domain/policy.js';
import { HelpedAgents } from '../helped-agents.js';
import type { GivenConditions } from './adaptations.schemas.js';
import { Adaptations } from './adaptations.service.js';

/** A run is changed at most so often without anybody asking. */
const MAX_OF_RUN = 5;
const MAX_RUNS = 10_000;

/** Changes runs of autonomous owners by itself, one change of a run at a time. */
@Injectable()
@Contributes(ADAPTATION_ADVISOR)
export class AutomaticAdaptations implements AdaptationAdvisor {
  private readonly logger = new Logger('Inference');
  private readonly counts = new LRUCache<string, number>({ max: MAX_RUNS });
  private readonly underWay = new Set<string>();

  constructor(
    private readonly helped: HelpedAgents,
    private readonly workflows: WorkflowsService,
    private readonly agents: AgentsService,
    private readonly features: Features,
    private readonly adaptations: Adaptations,
  ) {}

  notice(notice: RunNotice): void {
    const { runId } = notice;
    if (this.helped.isEmpty || conditionsOf(notice) === null || this.underWay.has(runId)) return;
    this.underWay.add(runId);
    void this.adapt(notice).finally(() => this.underWay.delete(runId));
  }

  private async adapt(notice: RunNotice): Promise<void> {
    const { runId, workflowId } = notice;
    const conditions = conditionsOf(notice);
    try {
      if (workflowId === null || conditions === null || !(await this.isAutonomous(workflowId))) return;
      if (notice.type === 'task.queued' && !(await this.isGone(notice.data['agentId']))) return;
      const count = this.counts.get(runId) ?? 0;
      if (count >= MAX_OF_RUN) return;
      this.counts.set(runId, count + 1);
      await this.adaptations.adapt(runId, conditions, true);
    } catch (error) {
      // The run may have ended by now, or be changed by somebody else.
      if (!(error instanceof TandemError))
        this.logger.warn(`Run ${runId} was not adapted: ${(error as Error).message}`);
    }
  }

  /** Whoever does not take a task may only be busy. */
  private async isGone(agentId: JsonValue | undefined): Promise<boolean> {
    const agent = typeof agentId === 'string' ? await this.agents.find(agentId) : null;
    return agent?.status !== 'active';
  }

  private async isAutonomous(workflowId: string): Promise<boolean> {
    const { ownerAgentId } = (await this.workflows.findOwner(workflowId)) ?? { ownerAgentId: null };
    if (ownerAgentId === null || !this.helped.has(ownerAgentId)) return false;
    if (!(await this.features.evaluate('adaptation', { agentId: ownerAgentId, workflowId })).enabled)
      return false;
    const owner = await this.agents.find(ownerAgentId);
    return owner !== null && reachOf('adaptation', owner.intelligenceLevel) === 'applies';
  }
}

/** What has changed; null: nothing that matters. Who is gone, rules see for themselves. */
function conditionsOf({ type, taskId, data }: RunNotice): GivenConditions | null {
  const none = { agentsGone: [], taskTypesDisabled: [] };
  if (type === 'task.queued') return none;
  if (type === 'budget.refused') return { ...none, budgetUsd: '0' };
  const isOver = data['final'] === true || data['action'] === 'skip';
  return isOver ? { ...none, failed: { taskId, error: data['error'] ?? null } } : null;
}

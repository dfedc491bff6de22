import { Injectable } from '@nestjs/common';
import { AGENT_LOAD, type AgentLoad } from '../../agents/agent-load.port.js';
import { Contributes } from '../../common/ports.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { TASK_HISTORY, type TaskHistory, type TaskTypeHistory } from '../../tasks/task-history.port.js';
import { RunAdaptations } from '../adaptations/run-adaptations.service.js';
import { RUN_PLANS, type RunAdaptation, type RunPlans } from '../../workflows/run-plans.port.js';
import { liveRunsOf, liveTaskCounts, taskHistory } from './contributions.sql.js';

interface HistoryRow {
  readonly task_type: string;
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly failure_rate: number;
}

@Injectable()
@Contributes(TASK_HISTORY)
export class StoredTaskHistory implements TaskHistory {
  constructor(private readonly work: UnitOfWork) {}

  async summarise(taskTypes: readonly string[]): Promise<ReadonlyMap<string, TaskTypeHistory>> {
    const rows = await this.work.query<HistoryRow>(taskHistory(taskTypes));
    return new Map(
      rows.map(({ task_type, count, p50, p95, failure_rate }) => [
        task_type,
        { count, p50Seconds: p50, p95Seconds: p95, failureRate: failure_rate },
      ]),
    );
  }
}

@Injectable()
@Contributes(AGENT_LOAD)
export class StoredAgentLoad implements AgentLoad {
  constructor(private readonly work: UnitOfWork) {}

  async liveTaskCounts(agentIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (agentIds.length === 0) return new Map();
    const rows = await this.work.query<{ agent_id: string; count: number }>(liveTaskCounts(agentIds));
    return new Map(rows.map(({ agent_id, count }) => [agent_id, count]));
  }
}

@Injectable()
@Contributes(RUN_PLANS)
export class StoredRunPlans implements RunPlans {
  constructor(
    private readonly work: UnitOfWork,
    private readonly adaptations: RunAdaptations,
  ) {}

  adapt(runId: string, plan: RunAdaptation): Promise<void> {
    return this.adaptations.adapt(runId, plan);
  }

  async countLiveRuns(workflowId: string): Promise<number> {
    const [row] = await this.work.query<{ count: number }>(liveRunsOf(workflowId));
    return row?.count ?? 0;
  }
}

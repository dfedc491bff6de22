import { Injectable } from '@nestjs/common';
import type { RunView, TaskView } from '../../../execution/runs.schemas.js';
import { RunsService } from '../../../execution/runs.service.js';
import { type FunctionAnswer, LlmService } from '../../llm.service.js';
import { SummariseRun } from './summarise-run.function.js';
import type { RunFacts, Summary } from './summary.schemas.js';

/** Those that matter most come first; what succeeded is only counted. */
const SHOWN_STATUSES = [
  'failed',
  'unknown',
  'waiting',
  'recovering',
  'running',
  'cancelled',
  'skipped',
] as const;
const MAX_TASKS = 40;
/** Events that only say that something went on as it should. */
const USUAL =
  /^run\.(queued|started|parked|resumed|succeeded|failed|cancelled)$|^task\.(ready|queued|started|succeeded|failed|waiting|skipped|cancelled)$/;

/** A paragraph on what happened in a run, by a model where that is allowed. */
@Injectable()
export class RunSummaries {
  constructor(
    private readonly runs: RunsService,
    private readonly llm: LlmService,
    private readonly fn: SummariseRun,
  ) {}

  /** Fails as `run_not_found`. */
  async summarise(runId: string): Promise<FunctionAnswer<Summary>> {
    const run = await this.runs.get(runId);
    const facts = factsOf(run, await this.runs.countEvents(runId), await this.notableTasks(run));
    const { workflowId, task } = run;
    return this.llm.call(this.fn, facts, { runId, workflowId, agentId: task?.agentId ?? null });
  }

  private async notableTasks({ id, tasksByStatus }: RunView): Promise<readonly TaskView[]> {
    const tasks: TaskView[] = [];
    for (const status of SHOWN_STATUSES) {
      if (tasks.length >= MAX_TASKS || !tasksByStatus[status]) continue;
      const { items } = await this.runs.listRunTasks(id, { status, limit: MAX_TASKS - tasks.length });
      tasks.push(...items);
    }
    return tasks;
  }
}

function factsOf(
  run: RunView,
  events: Readonly<Record<string, number>>,
  tasks: readonly TaskView[],
): RunFacts {
  const { status, reason, startedAt, finishedAt, tasksByStatus } = run;
  const total = Object.values(tasksByStatus).reduce((sum, count) => sum + count, 0);
  const hasTimes = startedAt !== null && finishedAt !== null;
  return {
    status,
    reason,
    durationSeconds: hasTimes ? (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000 : null,
    tasksByStatus,
    notable: Object.fromEntries(Object.entries(events).filter(([type]) => !USUAL.test(type))),
    tasks: tasks.map(({ taskId, taskType, status: state, attempt, error }) => ({
      ...{ taskId, taskType, status: state, attempts: attempt },
      error: error === null ? null : `${error.code}: ${error.message.slice(0, 500)}`,
    })),
    otherTasks: total - tasks.length,
  };
}

import { formatUsd } from '../common/money.js';
import type { EventRecord, RunRecord, TaskRecord } from './runs-store.port.js';
import type { AppliedRecovery, RecoveryRecord } from './recoveries/recovery-records.port.js';
import type { EventView, RecoveryView, RunView, TaskView } from './runs.schemas.js';

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

/** Where a result is that is too large to be shown in place. */
export const resultUrlOf = (taskId: string): string => `/api/v1/tasks/${taskId}/result`;

export function toTaskView(task: TaskRecord, costNanoUsd = 0n): TaskView {
  const { hasPayload, wakeAt, readyAt, startedAt, finishedAt, wait, waitingFor, ...shown } = task;
  return {
    ...shown,
    waitingFor,
    wait: waitingFor === 'person' ? wait : null,
    resultUrl: hasPayload ? resultUrlOf(task.id) : null,
    costUsd: formatUsd(costNanoUsd),
    wakeAt: iso(wakeAt),
    readyAt: iso(readyAt),
    startedAt: iso(startedAt),
    finishedAt: iso(finishedAt),
  };
}

export interface RunDetails {
  readonly tasksByStatus: Readonly<Record<string, number>>;
  readonly costNanoUsd: bigint;
  /** Of a run that was started from an agent. */
  readonly task: TaskView | undefined;
}

const NOTHING = {
  ...{ checks: [], refused: [], byRules: null, error: null, interactionId: null },
  ...{ scenario: null, delaySeconds: 0, parameters: {}, toAgentId: null },
};

/** What an advisor notes in the details is shown under the names it has there. */
export function toRecoveryView(
  { taskId, attempt, at, proposal }: RecoveryRecord,
  applied: readonly AppliedRecovery[],
): RecoveryView {
  const { action, source, reason, details = {} } = proposal;
  const {
    recovery = action,
    costUsd = formatUsd(0n),
    ...noted
  } = details as Partial<RecoveryView> & {
    readonly recovery?: string;
  };
  const { checks, refused, byRules, error, interactionId, ...what } = { ...NOTHING, ...noted };
  const { scenario, delaySeconds, parameters, toAgentId } = what;
  return {
    ...{ taskId, attempt, at: at.toISOString(), scenario, action: recovery, source, reason },
    ...{ delaySeconds, parameters, toAgentId },
    ...{ error, checks, byRules, refused, interactionId, costUsd },
    applied: applied
      .filter((each) => each.taskId === taskId && each.attempt === attempt)
      .map((each) => ({
        ...{ action: each.action, source: each.source, by: each.by, comment: each.comment },
        at: each.at.toISOString(),
      })),
  };
}

export function toRunView(run: RunRecord, { tasksByStatus, costNanoUsd, task }: RunDetails): RunView {
  return {
    id: run.id,
    workflowId: run.workflowId,
    retryOfRunId: run.retryOfRunId,
    parentRunId: run.parentRunId,
    assisted: run.assisted,
    status: run.status,
    reason: run.reason,
    input: run.input,
    output: run.output,
    tasksByStatus: { ...tasksByStatus },
    costUsd: formatUsd(costNanoUsd),
    createdAt: run.createdAt.toISOString(),
    startedAt: iso(run.startedAt),
    finishedAt: iso(run.finishedAt),
    ...(task === undefined ? {} : { task }),
  };
}

export function toEventView({ runId, sequence, type, taskId, at, data }: EventRecord): EventView {
  return {
    sequence,
    runId,
    type,
    ...(taskId === null ? {} : { taskId }),
    at: at.toISOString(),
    data: { ...data },
  };
}

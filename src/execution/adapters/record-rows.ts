import type { JsonValue } from '../../common/json.js';
import type { EventRecord, RunRecord, TaskRecord } from '../runs-store.port.js';

/** Rows as the driver gives them; timestamps are text. */
export interface RunRow {
  readonly id: string;
  readonly workflow_id: string | null;
  readonly agent_id: string | null;
  readonly retry_of_run_id: string | null;
  readonly parent_run_id: string | null;
  readonly assisted: boolean;
  readonly status: RunRecord['status'];
  readonly reason: string | null;
  readonly input: JsonValue | null;
  readonly output: JsonValue | null;
  readonly event_count: number;
  readonly created_at: string | Date;
  readonly started_at: string | Date | null;
  readonly finished_at: string | Date | null;
  readonly definition?: unknown;
}

export interface TaskRow {
  readonly id: string;
  readonly run_id: string;
  readonly task_id: string;
  readonly task_type: string;
  readonly agent_id: string | null;
  readonly parent_task_id: string | null;
  readonly status: TaskRecord['status'];
  readonly waiting_for: TaskRecord['waitingFor'];
  readonly wait: JsonValue | null;
  readonly wake_at: string | Date | null;
  readonly attempt: number;
  readonly alternative: number;
  readonly child_run_id: string | null;
  readonly parameters: JsonValue;
  readonly effect: TaskRecord['effect'];
  readonly result: JsonValue | null;
  readonly has_payload: boolean;
  readonly error: TaskRecord['error'];
  readonly source: TaskRecord['source'];
  readonly ready_at: string | Date | null;
  readonly started_at: string | Date | null;
  readonly finished_at: string | Date | null;
}

export interface EventRow {
  readonly run_id: string;
  readonly sequence: number;
  readonly type: EventRecord['type'];
  readonly task_id: string | null;
  readonly at: string | Date;
  readonly data: EventRecord['data'];
}

const date = (value: string | Date | null): Date | null => (value === null ? null : new Date(value));

export function toRunRecord(row: RunRow): RunRecord {
  return {
    id: row.id,
    workflowId: row.workflow_id,
    agentId: row.agent_id,
    retryOfRunId: row.retry_of_run_id,
    parentRunId: row.parent_run_id,
    assisted: row.assisted,
    status: row.status,
    reason: row.reason,
    input: row.input,
    output: row.output,
    eventCount: row.event_count,
    createdAt: new Date(row.created_at),
    startedAt: date(row.started_at),
    finishedAt: date(row.finished_at),
  };
}

export function toTaskRecord(row: TaskRow): TaskRecord {
  return {
    id: row.id,
    runId: row.run_id,
    taskId: row.task_id,
    taskType: row.task_type,
    agentId: row.agent_id,
    parentTaskId: row.parent_task_id,
    status: row.status,
    waitingFor: row.waiting_for,
    wait: row.wait,
    wakeAt: date(row.wake_at),
    attempt: row.attempt,
    alternative: row.alternative,
    childRunId: row.child_run_id,
    parameters: row.parameters,
    effect: row.effect,
    result: row.result,
    hasPayload: row.has_payload,
    error: row.error,
    source: row.source,
    readyAt: date(row.ready_at),
    startedAt: date(row.started_at),
    finishedAt: date(row.finished_at),
  };
}

export function toEventRecord(row: EventRow): EventRecord {
  return {
    runId: row.run_id,
    sequence: row.sequence,
    type: row.type,
    taskId: row.task_id,
    at: new Date(row.at),
    data: row.data,
  };
}

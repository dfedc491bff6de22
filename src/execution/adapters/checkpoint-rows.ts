import type { RunCheckpoint } from '../engine-store.port.js';
import type { RunEvent } from '../domain/run-event.js';
import type { TaskState } from '../domain/run-state.js';
import type { CheckpointTexts } from './checkpoint.sql.js';

/** NOTIFY takes 8,000 bytes; a batch of more runs says "any". */
const MAX_NAMED_RUNS = 200;

const text = (value: string | null): string => (value === null ? 'null' : JSON.stringify(value));
const json = (value: unknown): string =>
  value === null || value === undefined ? 'null' : JSON.stringify(value);

// Rows are put together as text because results are JSON text already: parsing and printing them again would cost
// more than everything else in a checkpoint.
function taskRow(runId: string, id: string, task: TaskState): string {
  const result = task.result !== null && 'json' in task.result ? task.result.json : 'null';
  const hasPayload = task.result !== null && 'payload' in task.result;
  return (
    `{"id":"${id}","run_id":"${runId}","status":"${task.status}","attempt":${task.attempt}` +
    `,"failed_attempts":${task.failedAttempts},"effect":${text(task.effect)},"result":${result}` +
    `,"has_payload":${hasPayload},"error":${json(task.error)},"source":${text(task.source)}` +
    `,"waiting_for":${text(task.waitingFor)},"wait":${json(task.wait)},"wake_ms":${task.wakeAt}` +
    `,"ready_ms":${task.readyAt},"started_ms":${task.startedAt},"finished_ms":${task.finishedAt}}`
  );
}

function eventRow(runId: string, event: RunEvent): string {
  return (
    `{"run_id":"${runId}","sequence":${event.sequence},"type":"${event.type}"` +
    `,"task_id":${text(event.taskId ?? null)},"at_ms":${event.at},"data":${JSON.stringify(event.data)}}`
  );
}

function runRow(checkpoint: RunCheckpoint, endedAt: number): string {
  const { runId, epoch, eventCount, end, productive } = checkpoint;
  return (
    `{"run_id":"${runId}","epoch":${epoch},"event_count":${eventCount},"productive":${productive}` +
    (end === null
      ? '}'
      : `,"status":"${end.status}","reason":${text(end.reason)},"output":${end.output ?? 'null'},"finished_ms":${endedAt}}`)
  );
}

/** The parameters of the checkpoint statement. */
export function checkpointTexts(checkpoints: readonly RunCheckpoint[]): CheckpointTexts {
  const runs: string[] = [];
  const tasks: string[] = [];
  const events: string[] = [];
  const signals: string[] = [];
  for (const checkpoint of checkpoints) {
    const { runId } = checkpoint;
    runs.push(runRow(checkpoint, checkpoint.events.at(-1)?.at ?? Date.now()));
    for (const { id, state } of checkpoint.tasks) tasks.push(taskRow(runId, id, state));
    for (const event of checkpoint.events) events.push(eventRow(runId, event));
    for (const sequence of checkpoint.appliedSignals)
      signals.push(`{"run_id":"${runId}","sequence":${sequence}}`);
  }
  const named = checkpoints.length <= MAX_NAMED_RUNS ? checkpoints.map(({ runId }) => runId).join(',') : '*';
  const array = (rows: readonly string[]): string => `[${rows.join(',')}]`;
  return {
    runs: array(runs),
    tasks: array(tasks),
    events: array(events),
    notification: named,
    signals: array(signals),
  };
}

import type { RunEvent } from '../domain/run-event.js';
import type { TaskState } from '../domain/run-state.js';
import type { RunCheckpoint } from '../engine-store.port.js';
import { ArrayColumns } from './array-columns.js';
import type { CheckpointArrays } from './checkpoint.sql.js';

/** NOTIFY takes 8,000 bytes; a batch of more runs says "any". */
const MAX_NAMED_RUNS = 200;

const RUN_COLUMNS = 8;
const TASK_COLUMNS = 16;
const EVENT_COLUMNS = 6;
const SIGNAL_COLUMNS = 2;

function addRun(columns: ArrayColumns, checkpoint: RunCheckpoint): void {
  const { runId, epoch, eventCount, events, end, productive } = checkpoint;
  columns.plain(runId).plain(epoch).plain(eventCount).plain(productive);
  if (end === null) return void columns.plain(null).plain(null).plain(null).plain(null);
  const endedAt = events.at(-1)?.at ?? Date.now();
  columns.plain(end.status).plain(end.reason).text(end.output).plain(endedAt);
}

function addTask(columns: ArrayColumns, run: number, id: string, task: TaskState): void {
  const { result } = task;
  columns.plain(id).plain(run).plain(task.status).plain(task.attempt).plain(task.failedAttempts);
  columns.plain(task.effect).text(result !== null && 'json' in result ? result.json : null);
  columns
    .plain(result !== null && 'payload' in result)
    .json(task.error)
    .plain(task.source);
  columns.plain(task.waitingFor).json(task.wait).plain(task.wakeAt);
  columns.plain(task.readyAt).plain(task.startedAt).plain(task.finishedAt);
}

function addEvent(columns: ArrayColumns, run: number, event: RunEvent): void {
  const { sequence, type, taskId, at, data } = event;
  columns
    .plain(run)
    .plain(sequence)
    .plain(type)
    .text(taskId ?? null)
    .plain(at)
    .json(data);
}

/** The parameters of the checkpoint statement. Tasks, events and signals name their run by its place, from 1. */
export function checkpointArrays(unordered: readonly RunCheckpoint[]): CheckpointArrays {
  // Locked in this order.
  const checkpoints = unordered.toSorted((a, b) => (a.runId < b.runId ? -1 : 1));
  const runs = new ArrayColumns(RUN_COLUMNS);
  const tasks = new ArrayColumns(TASK_COLUMNS);
  const events = new ArrayColumns(EVENT_COLUMNS);
  const signals = new ArrayColumns(SIGNAL_COLUMNS);
  checkpoints.forEach((checkpoint, index) => {
    const run = index + 1;
    addRun(runs, checkpoint);
    for (const { id, state } of checkpoint.tasks) addTask(tasks, run, id, state);
    for (const event of checkpoint.events) addEvent(events, run, event);
    for (const sequence of checkpoint.appliedSignals) signals.plain(run).plain(sequence);
  });
  const named = checkpoints.length <= MAX_NAMED_RUNS ? checkpoints.map(({ runId }) => runId).join(',') : '*';
  return {
    runs: runs.literals,
    tasks: tasks.literals,
    events: events.literals,
    signals: signals.literals,
    notification: named,
  };
}

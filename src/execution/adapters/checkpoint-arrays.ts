import type { RunEvent } from '../domain/run-event.js';
import type { TaskState } from '../domain/run-state.js';
import type { AddedTask, RunCheckpoint } from '../engine-store.port.js';
import { ArrayColumns } from './array-columns.js';
import type { CheckpointArrays } from './checkpoint.sql.js';

/** NOTIFY takes 8,000 bytes; a batch of more runs says "any". */
const MAX_NAMED_RUNS = 200;

const RUN_COLUMNS = 8;
const TASK_COLUMNS = 16;
const ASSIGNMENT_COLUMNS = 2;
const EVENT_COLUMNS = 6;
const DEFINITION_COLUMNS = 1;
const ADDED_COLUMNS = 24;
const PROPOSAL_COLUMNS = 4;
const SIGNAL_COLUMNS = 2;

function addRun(columns: ArrayColumns, checkpoint: RunCheckpoint): void {
  const { runId, epoch, eventCount, events, end, status, reason, productive } = checkpoint;
  columns.plain(runId).plain(epoch).plain(eventCount).plain(productive);
  if (end === null) return void columns.plain(status).plain(reason).plain(null).plain(null);
  const endedAt = events.at(-1)?.at ?? Date.now();
  columns.plain(end.status).plain(end.reason).text(end.output).plain(endedAt);
}

function addState(columns: ArrayColumns, task: TaskState): void {
  const { result } = task;
  columns.plain(task.status).plain(task.attempt).plain(task.failedAttempts);
  columns.plain(task.effect).text(result !== null && 'json' in result ? result.json : null);
  columns
    .plain(result !== null && 'payload' in result)
    .json(task.error)
    .plain(task.source);
  columns.plain(task.waitingFor).json(task.wait).plain(task.wakeAt);
  columns.plain(task.readyAt).plain(task.startedAt).plain(task.finishedAt);
}

function addTask(columns: ArrayColumns, run: number, id: string, task: TaskState): void {
  addState(columns.plain(id).plain(run), task);
}

/** With all of its state: steps are merged, so a task may have got further, or ended, before it is first stored. */
function addNewTask(columns: ArrayColumns, run: number, task: AddedTask): void {
  const { id, definition, parentTaskId, position, state } = task;
  columns.plain(id).plain(run).plain(definition.taskId).text(definition.taskType).json(definition.parameters);
  columns.plain(parentTaskId).json(definition).plain(position);
  addState(columns.plain(state.agentId).plain(state.alternative), state);
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
  checkpoints.forEach((checkpoint, index) => {
    addRun(runs, checkpoint);
    for (const { id, state } of checkpoint.tasks) addTask(tasks, index + 1, id, state);
    for (const event of checkpoint.events) addEvent(events, index + 1, event);
  });
  const named = checkpoints.length <= MAX_NAMED_RUNS ? checkpoints.map(({ runId }) => runId).join(',') : '*';
  return {
    runs: runs.literals,
    tasks: tasks.literals,
    events: events.literals,
    ...rareParts(checkpoints),
    hasEnds: checkpoints.some(({ end }) => end !== null),
    notification: named,
  };
}

/** Null where there are no rows. */
function part<T, C>(
  checkpoints: readonly C[],
  count: number,
  rowsOf: (checkpoint: C) => readonly T[],
  add: (columns: ArrayColumns, row: T, run: number) => void,
): readonly string[] | null {
  if (checkpoints.every((checkpoint) => rowsOf(checkpoint).length === 0)) return null;
  const columns = new ArrayColumns(count);
  checkpoints.forEach((checkpoint, index) => {
    for (const row of rowsOf(checkpoint)) add(columns, row, index + 1);
  });
  return columns.literals;
}

type RareParts = Pick<
  CheckpointArrays,
  'assignments' | 'definitions' | 'addedTasks' | 'proposals' | 'signals'
>;

function rareParts(checkpoints: readonly RunCheckpoint[]): RareParts {
  return {
    assignments: checkpoints.every(({ isReassigned }) => !isReassigned)
      ? null
      : part(
          checkpoints,
          ASSIGNMENT_COLUMNS,
          ({ tasks }) => tasks,
          (columns, { state }) => columns.plain(state.agentId).plain(state.alternative),
        ),
    definitions: checkpoints.every(({ definitions }) => definitions.size === 0)
      ? null
      : part(
          checkpoints,
          DEFINITION_COLUMNS,
          ({ tasks, definitions }) => tasks.map(({ id }) => definitions.get(id) ?? null),
          (columns, definition) => columns.json(definition),
        ),
    addedTasks: part(
      checkpoints,
      ADDED_COLUMNS,
      ({ addedTasks }) => addedTasks,
      (columns, task, run) => addNewTask(columns, run, task),
    ),
    proposals: part(
      checkpoints,
      PROPOSAL_COLUMNS,
      ({ proposals }) => proposals,
      (columns, { taskId, attempt, proposal }, run) =>
        columns.plain(taskId).plain(run).plain(attempt).json(proposal),
    ),
    signals: part(
      checkpoints,
      SIGNAL_COLUMNS,
      ({ appliedSignals }) => appliedSignals,
      (columns, sequence, run) => columns.plain(run).plain(sequence),
    ),
  };
}

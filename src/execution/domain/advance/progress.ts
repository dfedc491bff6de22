import type { JsonObject } from '../../../common/json.js';
import { storableMessage, type TaskFailure } from '../../../tasks/domain/task-error.js';
import type { TaskState } from '../run-state.js';
import { isTerminalTask } from '../status.js';
import type { StepBuilder } from '../step-builder.js';
import { becomeUnknown } from './doubt.js';

/** Makes a task ready: everything it depends on has ended. It starts when a slot is free. */
export function makeReady(step: StepBuilder, task: number): void {
  step.move(task, 'ready', { readyAt: step.now });
  step.event('task.ready', {}, task);
  step.command({ kind: 'startAttempt', task });
}

/** Pending tasks without open dependencies become ready; used once per claim, later each end releases its own. */
export function releaseReadyTasks(step: StepBuilder): void {
  if (step.state.failing !== null) return;
  for (const [index, task] of step.state.tasks.entries()) {
    if (task.status === 'pending' && task.openDependencies === 0) makeReady(step, index);
  }
}

function releaseSuccessors(step: StepBuilder, task: number): void {
  for (const successor of step.plan(task).successors) {
    const open = step.closeDependency(successor);
    if (open === 0 && step.state.failing === null && step.task(successor).status === 'pending')
      makeReady(step, successor);
  }
}

type TaskEnd = 'succeeded' | 'skipped' | 'failed' | 'cancelled';

function endData(status: TaskEnd, { attempt, error }: Pick<TaskState, 'attempt' | 'error'>): JsonObject {
  if (status === 'failed') return { attempt, final: true, error: { ...error } };
  return status === 'succeeded' ? { attempt } : {};
}

/** Ends a task and releases what waited for it: its successors, and a parent that only waited for its children. */
export function finishTask(
  step: StepBuilder,
  task: number,
  status: TaskEnd,
  change: Partial<TaskState>,
  data: JsonObject = {},
): void {
  const { attempt } = step.task(task);
  step.move(task, status, change);
  step.event(
    `task.${status}`,
    { ...endData(status, { attempt, error: change.error ?? null }), ...data },
    task,
  );
  releaseSuccessors(step, task);
  const { parent } = step.plan(task);
  if (parent === null) return;
  const openChildren = step.countChildren(parent, -1);
  const { waitingFor, wait, result, source } = step.task(parent);
  if (wait !== null) return step.helperHasEnded(task);
  if (openChildren === 0 && waitingFor === 'children')
    finishTask(step, parent, 'succeeded', { result, source, error: null });
}

/** A task that has its result ends, unless children of it are still open: then it waits for them. */
export function succeed(
  step: StepBuilder,
  task: number,
  { result, source }: Pick<TaskState, 'result' | 'source'>,
): void {
  const { openChildren } = step.task(task);
  if (openChildren === 0) return finishTask(step, task, 'succeeded', { result, source, error: null });
  step.move(task, 'waiting', { waitingFor: 'children', result, source, error: null });
  step.event('task.waiting', { id: step.plan(task).id, waitingFor: 'children', until: null }, task);
}

/** Spawned tasks of a task that ends otherwise end with it. */
export function cancelChildren(step: StepBuilder, task: number): void {
  if (step.task(task).openChildren === 0) return;
  for (const [index, child] of step.state.tasks.entries()) {
    if (step.plan(index).parent !== task || isTerminalTask(child.status) || child.status === 'unknown')
      continue;
    cancelChildren(step, index);
    if (child.status === 'running') step.command({ kind: 'abortAttempt', task: index });
    if (child.status === 'running' && child.effect === 'irreversible')
      becomeUnknown(step, index, 'the task that spawned it ended while it ran');
    else finishTask(step, index, 'cancelled', {});
  }
}

/** The task has failed for good; unless it is optional, so has the run. */
export function failTask(step: StepBuilder, task: number, failure: TaskFailure): void {
  const { compensates } = step.plan(task);
  if (compensates !== null && step.task(task).waitingFor !== 'person')
    return askToUndo(step, task, failure, step.plan(compensates).taskId);
  if (!step.plan(task).optional) step.fail('task_failed');
  cancelChildren(step, task);
  finishTask(step, task, 'failed', { error: failure });
}

/** What could not be undone is done by a person, who says so by completing the task. */
function askToUndo(step: StepBuilder, task: number, failure: TaskFailure, compensated: string): void {
  const { id } = step.plan(task);
  const { attempt } = step.task(task);
  const question = storableMessage(
    `What task ${compensated} did could not be undone: ${failure.message.replace(/\.?$/, '.')} Undo it by hand, then complete this task.`,
  );
  step.event('task.failed', { attempt, final: false, error: { ...failure } }, task);
  step.move(task, 'waiting', {
    waitingFor: 'person',
    wait: { form: 'task', question, details: null },
    error: failure,
  });
  step.event('task.waiting', { id, waitingFor: 'person', until: null }, task);
}

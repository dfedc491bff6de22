import type { JsonObject } from '../../../common/json.js';
import type { TaskState } from '../run-state.js';
import type { StepBuilder } from '../step-builder.js';

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

/** Ends a task well (or as skipped, or failed but optional) and releases what waited for it. */
export function finishTask(
  step: StepBuilder,
  task: number,
  status: 'succeeded' | 'skipped' | 'failed',
  change: Partial<TaskState>,
): void {
  const { attempt } = step.task(task);
  step.move(task, status, change);
  const data: JsonObject =
    status === 'failed'
      ? { attempt, final: true, error: { ...change.error } }
      : status === 'succeeded'
        ? { attempt }
        : {};
  step.event(`task.${status}`, data, task);
  releaseSuccessors(step, task);
}

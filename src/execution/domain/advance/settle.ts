import type { JsonObject } from '../../../common/json.js';
import { isTerminalTask } from '../status.js';
import type { StepBuilder } from '../step-builder.js';
import { beginCompensation } from './compensation.js';
import { becomeUnknown } from './doubt.js';

/**
 * Ends the run now, whatever is under way: running attempts are aborted and their results dropped. An irreversible one
 * becomes (or stays) `unknown`; everything else that has not ended is cancelled.
 */
export function endRun(
  step: StepBuilder,
  status: 'failed' | 'cancelled',
  reason: string,
  data: JsonObject = {},
): void {
  if (step.state.counts.running > 0) step.command({ kind: 'abortAttempts' });
  cancelOpenTasks(step, true);
  step.end({ status, reason, output: null });
  step.event(`run.${status}`, { reason, ...data });
}

function cancelOpenTasks(step: StepBuilder, runningToo: boolean): void {
  for (const [index, task] of step.state.tasks.entries()) {
    if (isTerminalTask(task.status) || task.status === 'unknown') continue;
    if (task.status === 'running') {
      if (!runningToo) continue;
      if (task.effect === 'irreversible') {
        becomeUnknown(step, index, 'the run ended while it ran');
        continue;
      }
    }
    step.move(index, 'cancelled');
    step.event('task.cancelled', {}, index);
  }
}

/** After every input: does the run go on, wait for what cannot be stopped, need its output, or end? */
export function settle(step: StepBuilder): void {
  const { failing, compensating, counts, completing, end } = step.state;
  if (end !== null) return;
  if (failing !== null) {
    if (counts.open > counts.running + counts.unknown) cancelOpenTasks(step, false);
    if (counts.running > 0 || counts.unknown > 0) return;
    if (!beginCompensation(step, failing.reason)) endRun(step, 'failed', failing.reason);
    return;
  }
  if (compensating !== null) {
    if (counts.open === 0) endRun(step, 'failed', compensating.reason);
    return;
  }
  if (counts.open === 0 && !completing) {
    step.completing();
    step.command({ kind: 'resolveOutput' });
  }
}

/** The time of the run is over: it ends at once, or as soon as it has undone what can be undone. */
export function timeOut(step: StepBuilder): void {
  const isUndoable = step.state.plan.some(
    ({ compensation }, task) => compensation !== null && step.task(task).status === 'succeeded',
  );
  if (!isUndoable) return endRun(step, 'failed', 'timed_out');
  if (step.state.counts.running > 0) step.command({ kind: 'abortAttempts' });
  step.fail('timed_out');
  cancelOpenTasks(step, true);
}

import type { JsonObject } from '../../../common/json.js';
import { isTerminalTask } from '../status.js';
import type { StepBuilder } from '../step-builder.js';
import { effectUnknown } from './failure.js';

/**
 * Ends the run now, whatever is under way: running attempts are aborted and their results dropped; an irreversible
 * one fails as `effect_unknown`, everything else that has not ended is cancelled.
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
    if (isTerminalTask(task.status)) continue;
    if (task.status === 'running') {
      if (!runningToo) continue;
      if (task.effect === 'irreversible') {
        const error = effectUnknown('the run ended while it ran');
        step.move(index, 'failed', { error });
        step.event('task.failed', { attempt: task.attempt, final: true, error: { ...error } }, index);
        continue;
      }
    }
    step.move(index, 'cancelled');
    step.event('task.cancelled', {}, index);
  }
}

/** After every input: does the run go on, wait for its running attempts, need its output, or end? */
export function settle(step: StepBuilder): void {
  const { failing, counts, completing, end } = step.state;
  if (end !== null) return;
  if (failing !== null) {
    if (counts.open > counts.running) cancelOpenTasks(step, false);
    if (counts.running === 0) endRun(step, 'failed', failing.reason);
    return;
  }
  if (counts.open === 0 && !completing) {
    step.completing();
    step.command({ kind: 'resolveOutput' });
  }
}

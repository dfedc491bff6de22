import type { StepBuilder } from '../step-builder.js';
import { freePermitsOfReady } from './permits.js';
import { wakeDue } from './waits.js';

/** Nothing new starts, running attempts end; waits that become due wait for the end of the pause. */
export function pause(step: StepBuilder, by: string): void {
  const { paused, failing, compensating } = step.state;
  if (failing !== null || compensating !== null)
    return step.event('signal.refused', { kind: 'pause', by, reason: 'the run has failed' });
  if (paused) return step.event('signal.refused', { kind: 'pause', by, reason: 'the run is paused' });
  step.pause(true);
  step.event('run.paused', { by });
  freePermitsOfReady(step);
}

export function resume(step: StepBuilder, by: string): void {
  if (!step.state.paused)
    return step.event('signal.refused', { kind: 'resume', by, reason: 'the run is not paused' });
  step.pause(false);
  step.event('run.resumed', { by });
  for (const [task, { status }] of step.state.tasks.entries())
    if (status === 'ready') step.command({ kind: 'startAttempt', task });
  wakeDue(step);
}

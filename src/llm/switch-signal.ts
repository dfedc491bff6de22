import type { FeatureName } from '../config/describe-features.js';
import type { Features } from '../features/features.port.js';
import type { CallContext } from './budget/ledger.port.js';
import { SWITCHED_OFF } from './calls/no-answer.js';

/** Reason of a signal that aborted because a switch was turned off. */
class SwitchedOff extends Error {
  override readonly name = SWITCHED_OFF;
}

/** A signal that aborts as soon as the feature is off for this context. Call `stop` in the end. */
export function switchSignal(
  features: Features,
  feature: FeatureName,
  { agentId, workflowId }: Pick<CallContext, 'agentId' | 'workflowId'>,
): { readonly signal: AbortSignal; stop(): void } {
  const controller = new AbortController();
  const subject = { ...(agentId && { agentId }), ...(workflowId && { workflowId }) };
  const stop = features.onChange((changed) => {
    if (changed !== feature || features.evaluate(feature, subject).enabled) return;
    controller.abort(new SwitchedOff(`The feature ${feature} was turned off.`));
  });
  return { signal: controller.signal, stop };
}

import type { FeatureName } from '../config/describe-features.js';
import type { Features } from '../features/features.port.js';
import type { CallContext } from './budget/ledger.port.js';
import { SWITCHED_OFF } from './calls/no-answer.js';

/** Reason of a signal that aborted because a switch was turned off. */
class SwitchedOff extends Error {
  override readonly name = SWITCHED_OFF;
}

/** Calls `abort` as soon as the feature is off for this context. Answers how to stop. */
export function watchSwitch(
  features: Features,
  feature: FeatureName,
  { agentId, workflowId }: Pick<CallContext, 'agentId' | 'workflowId'>,
  abort: (reason: Error) => void,
): () => void {
  const subject = { ...(agentId && { agentId }), ...(workflowId && { workflowId }) };
  return features.onChange((changed) => {
    if (changed !== feature || features.evaluate(feature, subject).enabled) return;
    abort(new SwitchedOff(`The feature ${feature} was turned off.`));
  });
}

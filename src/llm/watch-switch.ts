import type { FeatureName } from '../features/domain/feature-names.js';
import type { Features } from '../features/features.service.js';
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
  const look = (): void => {
    void features.evaluate(feature, subject).then(({ enabled, feature: which }) => {
      if (!enabled) abort(new SwitchedOff(`The feature ${which} was turned off.`));
    });
  };
  const stop = features.onChange(look);
  // It may have been turned off since the gate asked.
  look();
  return stop;
}

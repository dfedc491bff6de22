import type { FeatureName } from '../config/describe-features.js';
import type { Features } from '../features/features.port.js';
import type { CallContext } from './budget/ledger.port.js';
import type { GateRefusals } from './domain/gate.js';

/** What a switch or its roll-out has against a model, for an agent and a workflow. */
export function switchRefusal(
  features: Features,
  feature: FeatureName,
  { agentId, workflowId }: Pick<CallContext, 'agentId' | 'workflowId'>,
): GateRefusals {
  const { enabled, reason } = features.evaluate(feature, {
    ...(agentId === null ? {} : { agentId }),
    ...(workflowId === null ? {} : { workflowId }),
  });
  return enabled ? {} : { feature_off: `The feature ${feature} is off (${reason}).` };
}

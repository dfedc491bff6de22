import type { FeatureName } from '../features/domain/feature-names.js';
import type { Features } from '../features/features.service.js';
import type { CallContext } from './budget/ledger.port.js';
import type { GateRefusals } from './domain/gate.js';

/** What a switch or its roll-out has against a model, for an agent and a workflow. */
export async function switchRefusal(
  features: Features,
  asked: FeatureName,
  { agentId, workflowId }: Pick<CallContext, 'agentId' | 'workflowId'>,
): Promise<GateRefusals> {
  const { enabled, reason, feature } = await features.evaluate(asked, {
    ...(agentId === null ? {} : { agentId }),
    ...(workflowId === null ? {} : { workflowId }),
  });
  if (enabled) return {};
  if (reason === 'rollout_excluded')
    return { rollout_excluded: `The feature ${feature} is on, but not for this agent and workflow.` };
  return { feature_off: `The feature ${feature} is off (${reason}).` };
}

import { Port } from '../common/ports.js';
import type { Definition } from './domain/definition.js';
import type { QuotedCost } from './domain/quote.js';

/** What model calls of a definition can cost at most. */
export interface ModelCostEstimator {
  /** `agentIds`: who may execute tasks that name no agent; empty: nobody is known. */
  estimate(definition: Definition, agentIds: readonly string[]): Promise<QuotedCost>;
}

/** Contributed by `llm`; without it no task calls a model, so nothing is paid. */
export const MODEL_COST_ESTIMATOR = new Port<ModelCostEstimator>('MODEL_COST_ESTIMATOR', {
  estimate: () => Promise.resolve({ maximumUsd: '0.000000000', assistanceLimitUsd: '0.000000000' }),
});

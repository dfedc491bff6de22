import { candidatesFor } from './candidates.js';
import { scoreOf, type Weights } from './choice-model.js';
import { type Baselines, contextOf, type Library, type MemoryContext } from './context.js';
import { featuresOf } from './features.js';
import type { PlanShape } from './remembered-plan.js';

/** One request with all that is compared for it; what the weights set by hand think likely. */
export interface Comparison {
  readonly context: MemoryContext;
  /** Likeliest first by the weights set by hand. */
  readonly shapes: readonly PlanShape[];
  readonly features: readonly Float64Array[];
}

/** Plans for a request in numbers. */
export function compare(
  request: string,
  baselines: Baselines,
  library: Library,
  byHand: Weights,
): Comparison {
  const context = contextOf(request, baselines, library);
  const all = candidatesFor(context).map((shape) => {
    const features = featuresOf(shape, context);
    return { shape, features, score: scoreOf(features, byHand) };
  });
  const likely = all.sort((a, b) => b.score - a.score).slice(0, library.settings.compared);
  return {
    context,
    shapes: likely.map(({ shape }) => shape),
    features: likely.map(({ features }) => features),
  };
}

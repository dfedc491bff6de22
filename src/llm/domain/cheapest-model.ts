import type { ListedModel } from './price-list.js';

/** What one token of input and one of output cost together, without a cache and in a short context. */
const priceOf = (model: ListedModel): number => model.prices.inputTokens + model.prices.outputTokens;

/**
 * The model of a provider that is asked when nobody named one: the cheapest for general use of which no retirement is
 * announced, by input plus output price; the first in the list among equals, as newer models stand first there. Null
 * when the provider has no such row. Pure.
 */
export function cheapestModel(provider: string, priceList: readonly ListedModel[]): ListedModel | null {
  return priceList
    .filter((model) => model.provider === provider && model.isForGeneralUse && model.retiresOn === null)
    .reduce<ListedModel | null>(
      (best, model) => (best === null || priceOf(model) < priceOf(best) ? model : best),
      null,
    );
}

import { cheapestModel } from '../domain/cheapest-model.js';
import type { ModelDescription, TokenPrices } from '../domain/model-price.js';
import type { ListedModel } from '../domain/price-list.js';
import type { LanguageModelProvider, LlmProviderOptions } from './language-model-provider.js';
import type { RegisteredProvider } from './registered-provider.js';

const ID = /^[a-z][a-z0-9-]{0,63}$/;
const FREE: TokenPrices = { inputTokens: 0, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 0 };
/** What a free model without a description takes; its server knows better. */
const UNKNOWN_LIMIT = 1_000_000;

const isPrice = (price: number): boolean => Number.isSafeInteger(price) && price >= 0;

function pricesOf({ prices, tiers }: Pick<ModelDescription, 'prices' | 'tiers'>): number[] {
  return [prices, ...tiers.map((tier) => tier.prices)].flatMap((each) => Object.values(each) as number[]);
}

/** What is wrong with a declaration; empty: nothing. */
export function providerProblems(
  { id, models = [] }: LlmProviderOptions,
  provider: LanguageModelProvider,
): string[] {
  const problems: string[] = [];
  if (!ID.test(id)) problems.push(`${JSON.stringify(id)}: an id is in lower case, such as "my-models"`);
  if (typeof provider?.availability !== 'function') problems.push(`${id}: its class has no availability()`);
  if (typeof provider?.languageModel !== 'function') problems.push(`${id}: its class has no languageModel()`);
  for (const model of models)
    if (!pricesOf(model).every(isPrice))
      problems.push(`${id}: prices of ${model.model} have to be whole pico-dollars per token from 0`);
  return problems;
}

const free = (provider: string, model: string): ModelDescription => ({
  ...{ provider, model, prices: FREE, tiers: [], tokenizerIsPublic: false },
  ...{
    maxInputTokens: UNKNOWN_LIMIT,
    maxOutputTokens: UNKNOWN_LIMIT,
    source: 'declared free',
    asOf: '2026-11-23',
  },
});

/** A provider with what is known of its models: `priceList` answers the list as it is now. */
export function registerProvider(
  options: LlmProviderOptions,
  provider: LanguageModelProvider,
  priceList: () => readonly ListedModel[],
): RegisteredProvider {
  const { id, description } = options;
  const own = (options.models ?? []).map((model) => ({ ...model, provider: id }));
  const withOwn = (prices: readonly ListedModel[]): readonly ModelDescription[] => [
    ...prices.filter(
      ({ provider: vendor, model }) => vendor === id && !own.some((each) => each.model === model),
    ),
    ...own,
  ];
  let known: {
    readonly prices: readonly ListedModel[];
    readonly models: readonly ModelDescription[];
  } | null = null;
  const models = (): readonly ModelDescription[] => {
    const prices = priceList();
    if (known?.prices !== prices) known = { prices, models: withOwn(prices) };
    return known.models;
  };
  const describe = (modelId: string): ModelDescription | null => {
    const listed = models().find(({ model }) => model === modelId);
    if (listed !== undefined) return listed;
    const described = provider.describeModel?.(modelId);
    if (described) return { ...described, provider: id, model: modelId };
    return options.free === true ? free(id, modelId) : null;
  };
  return {
    id,
    description,
    className: provider.constructor.name,
    models,
    defaultModel: () =>
      provider.defaultModel === undefined
        ? (own[0] ?? cheapestModel(id, priceList()))
        : describe(provider.defaultModel),
    wantedDefault: provider.defaultModel,
    availability: () => provider.availability(),
    languageModel: (modelId) => provider.languageModel(modelId),
    describe,
    schemaIssues: (schema) => provider.schemaIssues?.(schema) ?? [],
    secrets: () => provider.secrets?.() ?? [],
  };
}

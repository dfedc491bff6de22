import type { ModelDescription, PriceTier, TokenPrices } from './model-price.js';
import { ANTHROPIC } from './price-list/anthropic.js';
import { GOOGLE } from './price-list/google.js';
import { OPENAI } from './price-list/openai.js';
import { picoUsdPerToken } from './price-list/pico-usd.js';
import type { PrintedModel, PrintedPrices, PrintedTariff, VendorPrices } from './price-list/vendor-prices.js';

/** A model of the price list. */
export interface ListedModel extends ModelDescription {
  /** May be a provider's default. */
  readonly isForGeneralUse: boolean;
  /** `YYYY-MM-DD`, from when on the vendor no longer serves it; null: nothing was announced. */
  readonly retiresOn: string | null;
}

function tokenPrices(printed: PrintedPrices): TokenPrices {
  return {
    inputTokens: picoUsdPerToken(printed.input),
    cachedInputTokens: picoUsdPerToken(printed.cachedInput ?? printed.input),
    cacheWriteTokens: picoUsdPerToken(printed.cacheWrite ?? printed.input),
    outputTokens: picoUsdPerToken(printed.output),
  };
}

function tiersOf(tariff: PrintedTariff): readonly PriceTier[] {
  const tiers = tariff.longContext ?? [];
  return tiers.map(({ aboveInputTokens, prices }) => ({ aboveInputTokens, prices: tokenPrices(prices) }));
}

function rowsOf(vendor: VendorPrices, model: PrintedModel, day: string): ListedModel[] {
  const tariff = model.later !== undefined && day >= model.later.from ? model.later : model;
  return model.ids.map((id) => ({
    provider: vendor.provider,
    model: id,
    maxInputTokens: model.maxInputTokens,
    maxOutputTokens: model.maxOutputTokens,
    prices: tokenPrices(tariff.prices),
    tiers: tiersOf(tariff),
    tokenizerIsPublic: vendor.tokenizerIsPublic,
    source: vendor.source,
    asOf: model.asOf,
    isForGeneralUse: model.isForGeneralUse ?? false,
    retiresOn: model.retiresOn ?? null,
  }));
}

const VENDORS = [OPENAI, ANTHROPIC, GOOGLE];

/**
 * Every model with a known price, at the prices of a day (UTC): vendors announce changes ahead, so a server that runs
 * past such a day must ask again. A model that has retired keeps its row: vendors postpone retirements. Pure.
 */
export function priceListOn(day: Date): readonly ListedModel[] {
  const date = day.toISOString().slice(0, 10);
  return VENDORS.flatMap((vendor) => vendor.models.flatMap((model) => rowsOf(vendor, model, date)));
}

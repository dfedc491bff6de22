/**
 * Whole pico-dollars (10⁻¹² USD) per token for each class of tokens: USD per million tokens times a million, so that
 * every published price is exact.
 */
export interface TokenPrices {
  readonly inputTokens: number;
  readonly cachedInputTokens: number;
  readonly cacheWriteTokens: number;
  readonly outputTokens: number;
}

/** What a model costs for calls with more input than `aboveInputTokens` (all classes of input together). */
export interface PriceTier {
  readonly aboveInputTokens: number;
  readonly prices: TokenPrices;
}

/** A model of a provider: its limits and what it costs, with where and when that was read. */
export interface ModelDescription {
  readonly provider: string;
  /** Exact id, as the provider calls it. */
  readonly model: string;
  readonly maxInputTokens: number;
  readonly maxOutputTokens: number;
  readonly prices: TokenPrices;
  /** By `aboveInputTokens`, smallest first; the last one that is exceeded holds for the whole call. */
  readonly tiers: readonly PriceTier[];
  /** A token is at least one byte of a public byte-level tokenizer; else the bound of a call is a tenth higher. */
  readonly tokenizerIsPublic: boolean;
  /** Page of the vendor. */
  readonly source: string;
  /** `YYYY-MM-DD`, when the source said so. */
  readonly asOf: string;
}

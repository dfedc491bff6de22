/** USD per million tokens as a decimal with at most six places, as vendors print it: `'0.25'`. */
export type UsdPerMillion = string;

/** What a vendor prints for one class of calls; a class it does not price costs what input costs. */
export interface PrintedPrices {
  readonly input: UsdPerMillion;
  readonly cachedInput?: UsdPerMillion;
  readonly cacheWrite?: UsdPerMillion;
  readonly output: UsdPerMillion;
}

/** Prices of a whole call, by how much input it has. */
export interface PrintedTariff {
  readonly prices: PrintedPrices;
  /** What calls with more input than `aboveInputTokens` cost instead, smallest first. */
  readonly longContext?: readonly { readonly aboveInputTokens: number; readonly prices: PrintedPrices }[];
}

/** One family of ids with the same limits and prices. */
export interface PrintedModel extends PrintedTariff {
  /** Aliases and dated ids; each becomes a row of its own. */
  readonly ids: readonly string[];
  readonly maxInputTokens: number;
  readonly maxOutputTokens: number;
  /** `YYYY-MM-DD`, when the price was read. */
  readonly asOf: string;
  /** A change the vendor announced, and the first day (UTC) of it. */
  readonly later?: PrintedTariff & { readonly from: string };
  /** `YYYY-MM-DD`, from when on the vendor no longer serves the model. */
  readonly retiresOn?: string;
  /** Fit to be a provider's default: current, generally available, any kind of text task. */
  readonly isForGeneralUse?: true;
}

/** The text models one vendor sells, as its price page has them. */
export interface VendorPrices {
  readonly provider: string;
  /** The price page. */
  readonly source: string;
  readonly tokenizerIsPublic: boolean;
  readonly models: readonly PrintedModel[];
}

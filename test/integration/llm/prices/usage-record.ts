/** An answer as it comes over the wire, reduced to what is billed. */
export interface UsageRecord {
  readonly what: string;
  /** `<provider>:<model>` of the price list. */
  readonly model: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Tokens × nano-dollars per token, from the vendor's price page: uncached, cached, written, output. */
  readonly sum: string;
  /** What `sum` comes to, worked out apart from our code; null: the answer does not say enough. */
  readonly nanoUsd: bigint | null;
}

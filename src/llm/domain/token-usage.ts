/**
 * Tokens of one model call in the classes they are priced by; the classes do not overlap. `undefined`: the provider
 * did not say, which is not 0.
 */
export interface TokenUsage {
  /** Input that was neither read from nor written to the provider's cache. */
  readonly inputTokens?: number;
  /** Input read from the provider's cache. */
  readonly cachedInputTokens?: number;
  /** Input written to the provider's cache. */
  readonly cacheWriteTokens?: number;
  /** All output, reasoning included. */
  readonly outputTokens?: number;
  /** The part of the output nobody sees. */
  readonly reasoningTokens?: number;
}

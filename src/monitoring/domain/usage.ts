/** By what model use can be told apart. */
export const DIMENSIONS = ['day', 'function', 'provider', 'model', 'agent', 'workflow', 'outcome'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** What an answer without a call has nothing of. */
const OF_CALLS_ONLY: ReadonlySet<Dimension> = new Set(['provider', 'model', 'outcome']);

/** Whether answers that cost nothing can be told apart by these too. Pure. */
export const tellsAnswersApart = (dimensions: readonly Dimension[]): boolean =>
  !dimensions.some((dimension) => OF_CALLS_ONLY.has(dimension));

/** Calls that were booked, and what they took. */
export interface CallTotals {
  readonly calls: number;
  /** Nano-dollars. */
  readonly cost: bigint;
  readonly tokens: {
    readonly inputTokens: number;
    readonly cachedInputTokens: number;
    readonly cacheWriteTokens: number;
    readonly outputTokens: number;
    readonly reasoningTokens: number;
  };
}

/** How many answers came from whom. */
export interface AnswerTotals {
  readonly model: number;
  readonly cache: number;
  readonly rule: number;
  readonly twin: number;
}

export interface UsageTotals extends CallTotals {
  /** Calls whose answer could be used. */
  readonly answered: number;
  readonly latencyMs: { readonly p50: number | null; readonly p95: number | null };
  /** null: they cannot be told apart by what it is grouped by. */
  readonly answers: AnswerTotals | null;
}

/** Totals of what has these in common; an absent dimension is not asked for, null stands for none. */
export interface Grouped<T> {
  readonly group: Readonly<Partial<Record<Dimension, string | null>>>;
  readonly totals: T;
}

/** Of all together, and of each group, dearest first; by day: in order of days. */
export interface UsageReport<T> {
  readonly total: T;
  readonly groups: readonly Grouped<T>[];
}

/** From 0 to 1; null when nothing was counted. */
export interface Rates {
  /** Calls whose answer could be used, of all calls. */
  readonly successRate: number | null;
  /** Answers out of the cache, of those and answers of models. */
  readonly cacheHitRate: number | null;
  /** Answers of twins, of all answers. */
  readonly twinRate: number | null;
}

const rate = (part: number, all: number): number | null => (all === 0 ? null : part / all);

/** Pure. */
export function ratesOf({ calls, answered, answers }: UsageTotals): Rates {
  const { model, cache, rule, twin } = answers ?? { model: 0, cache: 0, rule: 0, twin: 0 };
  return {
    successRate: rate(answered, calls),
    cacheHitRate: rate(cache, cache + model),
    twinRate: rate(twin, model + cache + rule + twin),
  };
}

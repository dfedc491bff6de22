/** A bound the median of a figure must keep; `aim` is what we would like it to be. */
export type Target = { readonly atMost: number } | { readonly atLeast: number; readonly aim?: number };

/** One measured figure: a value per round. */
export interface Figure {
  /** `part.what`, in the JSON and the table. */
  readonly name: string;
  readonly unit: string;
  readonly rounds: readonly number[];
  readonly target?: Target;
}

/** What one part of the benchmark found. */
export interface PartReport {
  readonly figures: readonly Figure[];
  /** What a reader of the figures should know: skipped, cut short. */
  readonly notes: readonly string[];
}

/** Linear interpolation between the two nearest values; NaN of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? NaN;
  const above = sorted[Math.ceil(position)] ?? NaN;
  return below + (above - below) * (position - Math.floor(position));
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export function isMet({ rounds, target }: Figure): boolean {
  if (target === undefined) return true;
  const value = median(rounds);
  return 'atMost' in target ? value <= target.atMost : value >= target.atLeast;
}

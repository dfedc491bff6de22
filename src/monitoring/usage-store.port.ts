import type { ReportRange } from './domain/report-range.js';
import type { CallTotals, Dimension, UsageReport, UsageTotals } from './domain/usage.js';

/** Reads what calls of models took. Groups beyond `limit` are left out. */
export abstract class UsageStore {
  /** Booked calls that went out in the range, and answers of the hours that it touches. */
  abstract usage(
    range: ReportRange,
    dimensions: readonly Dimension[],
    limit: number,
  ): Promise<UsageReport<UsageTotals>>;
  /** Booked calls that went out in the range. */
  abstract costs(
    range: ReportRange,
    dimensions: readonly Dimension[],
    limit: number,
  ): Promise<UsageReport<CallTotals>>;
}

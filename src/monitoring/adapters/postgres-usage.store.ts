import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { ReportRange } from '../domain/report-range.js';
import {
  type CallTotals,
  type Dimension,
  tellsAnswersApart,
  type UsageReport,
  type UsageTotals,
} from '../domain/usage.js';
import { UsageStore } from '../usage-store.port.js';
import { selectCosts, selectUsage } from './usage.sql.js';

type KeyColumns = { readonly [K in `by_${Dimension}`]?: string | null };
interface CostRow extends KeyColumns {
  readonly is_total: boolean;
  readonly calls: string;
  readonly cost: string;
  readonly input: string;
  readonly cached_input: string;
  readonly cache_write: string;
  readonly output: string;
  readonly reasoning: string;
}
interface UsageRow extends CostRow {
  readonly answered: string;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly from_model: string;
  readonly from_cache: string;
  readonly from_rule: string;
  readonly from_twin: string;
}

const toCallTotals = (row: CostRow): CallTotals => ({
  calls: Number(row.calls),
  cost: BigInt(row.cost),
  tokens: {
    inputTokens: Number(row.input),
    cachedInputTokens: Number(row.cached_input),
    cacheWriteTokens: Number(row.cache_write),
    outputTokens: Number(row.output),
    reasoningTokens: Number(row.reasoning),
  },
});

const toUsageTotals = (row: UsageRow, hasAnswers: boolean): UsageTotals => ({
  ...toCallTotals(row),
  answered: Number(row.answered),
  latencyMs: { p50: row.p50, p95: row.p95 },
  answers: hasAnswers
    ? {
        model: Number(row.from_model),
        cache: Number(row.from_cache),
        rule: Number(row.from_rule),
        twin: Number(row.from_twin),
      }
    : null,
});

/** The first row is the total: a grouping without rows still has it. */
function toReport<Row extends CostRow, T>(
  rows: readonly Row[],
  dimensions: readonly Dimension[],
  totalsOf: (row: Row) => T,
): UsageReport<T> {
  const [total, ...groups] = rows;
  if (total?.is_total !== true) throw new Error('A report has no total.');
  return {
    total: totalsOf(total),
    groups: groups.map((row) => ({
      group: Object.fromEntries(dimensions.map((dimension) => [dimension, row[`by_${dimension}`] ?? null])),
      totals: totalsOf(row),
    })),
  };
}

@Injectable()
export class PostgresUsageStore extends UsageStore {
  constructor(private readonly work: UnitOfWork) {
    super();
  }

  override async usage(
    range: ReportRange,
    dimensions: readonly Dimension[],
    limit: number,
  ): Promise<UsageReport<UsageTotals>> {
    const rows = await this.work.query<UsageRow>(selectUsage(range, dimensions, limit));
    const apart = tellsAnswersApart(dimensions);
    return toReport(rows, dimensions, (row) => toUsageTotals(row, row.is_total || apart));
  }

  override async costs(
    range: ReportRange,
    dimensions: readonly Dimension[],
    limit: number,
  ): Promise<UsageReport<CallTotals>> {
    const rows = await this.work.query<CostRow>(selectCosts(range, dimensions, limit));
    return toReport(rows, dimensions, toCallTotals);
  }
}

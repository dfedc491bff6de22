import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { formatUsd } from '../common/money.js';
import { Contributes } from '../common/ports.js';
import { AnswerCounts } from '../llm/answers/answer-counts.service.js';
import type { CountedAnswer } from '../llm/answers/counted-answer.js';
import { Ledger } from '../llm/budget/ledger.service.js';
import { type EndedCall, MODEL_USE, type ModelUse } from '../llm/model-use.port.js';
import { type ReportRange, toRange } from './domain/report-range.js';
import { type CallTotals, ratesOf, type UsageReport, type UsageTotals } from './domain/usage.js';
import { invalidRange, tooManyGroups } from './intelligence.errors.js';
import {
  type CostReportView,
  type CostsQuery,
  type IntelligenceQuery,
  type IntelligenceView,
  MAX_GROUPS,
} from './intelligence.schemas.js';
import { ModelInstruments } from './model-instruments.js';
import { UsageStore } from './usage-store.port.js';

/** How models are used: shown to Prometheus as it happens, and reported out of the books. */
@Injectable()
@Contributes(MODEL_USE)
export class IntelligenceMetrics implements ModelUse {
  constructor(
    private readonly store: UsageStore,
    private readonly instruments: ModelInstruments,
    private readonly ledger: Ledger,
    private readonly counts: AnswerCounts,
    private readonly clock: Clock,
  ) {}

  trackLlmCall(call: EndedCall): void {
    this.instruments.call(call);
  }

  trackAnswer(answer: CountedAnswer): void {
    this.instruments.answer(answer);
  }

  /** Fails as `invalid_range`, `too_many_groups`. */
  async getMetrics({ groupBy, ...given }: IntelligenceQuery): Promise<IntelligenceView> {
    const range = this.rangeOf(given);
    // Where that fails they are counted later.
    await Promise.all([this.ledger.booked(), this.counts.flush().catch(() => undefined)]);
    const report = bounded(await this.store.usage(range, groupBy, MAX_GROUPS + 1));
    return view(range, report, toUsageFigures);
  }

  /** Fails as `invalid_range`, `too_many_groups`. */
  async getCosts({ groupBy, ...given }: CostsQuery): Promise<CostReportView> {
    const range = this.rangeOf(given);
    await this.ledger.booked();
    const report = bounded(await this.store.costs(range, groupBy, MAX_GROUPS + 1));
    return view(range, report, toCostFigures);
  }

  private rangeOf(given: { from?: string | undefined; to?: string | undefined }): ReportRange {
    const checked = toRange(given, this.clock.now());
    if ('issue' in checked) throw invalidRange(checked.issue);
    return checked.range;
  }
}

function bounded<T>(report: UsageReport<T>): UsageReport<T> {
  if (report.groups.length > MAX_GROUPS) throw tooManyGroups(MAX_GROUPS);
  return report;
}

function view<T, Figures extends object>(
  { from, to }: ReportRange,
  { total, groups }: UsageReport<T>,
  toFigures: (totals: T) => Figures,
) {
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    total: toFigures(total),
    // What a group has is what was asked for: only agents and workflows may be null.
    groups: groups.map(({ group, totals }) => ({ group: group as object, ...toFigures(totals) })),
  };
}

const toCostFigures = ({ calls, cost, tokens }: CallTotals) => ({ calls, costUsd: formatUsd(cost), tokens });

function toUsageFigures(totals: UsageTotals) {
  const { latencyMs, answers } = totals;
  return { ...toCostFigures(totals), ...ratesOf(totals), latencyMs, answers };
}

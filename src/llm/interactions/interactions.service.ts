import { Injectable } from '@nestjs/common';
import { type Page, toPage } from '../../common/cursor.js';
import { decodeIdCursor } from '../../common/id-cursor.js';
import { formatUsd } from '../../common/money.js';
import { NotFoundError } from '../../common/tandem-error.js';
import { RunsService } from '../../execution/runs.service.js';
import { Ledger } from '../budget/ledger.service.js';
import type {
  InteractionDetailView,
  InteractionView,
  ListInteractionsQuery,
  RunCostsView,
} from '../llm.schemas.js';
import { toInteractionView } from '../llm-views.js';
import { InteractionsStore } from './interactions-store.port.js';

/** In its cursors. */
const LIST = 'interactions';

/** Reads the record of model calls. */
@Injectable()
export class Interactions {
  constructor(
    private readonly store: InteractionsStore,
    private readonly ledger: Ledger,
    private readonly runs: RunsService,
  ) {}

  async list({ limit, cursor, ...filter }: ListInteractionsQuery): Promise<Page<InteractionView>> {
    await this.ledger.booked();
    const records = await this.store.list(filter, decodeIdCursor(cursor, LIST), limit + 1);
    const { items, nextCursor } = toPage(records, limit, ({ id }) => id, LIST);
    return { items: items.map(toInteractionView), nextCursor };
  }

  /** Fails as `interaction_not_found`. */
  async get(id: string): Promise<InteractionDetailView> {
    await this.ledger.booked();
    const found = await this.store.find(id);
    if (found === null) throw new NotFoundError('interaction', id);
    const { prompt, response, ...record } = found;
    return { ...toInteractionView(record), prompt, response };
  }

  /** What the calls of a run cost, by what they were for. Fails as `run_not_found`. */
  async costsOf(runId: string): Promise<RunCostsView> {
    await this.runs.record(runId);
    await this.ledger.booked();
    const groups = await this.store.costGroups(runId);
    const total = groups.reduce((sum, { cost }) => sum + cost, 0n);
    const items = groups.map(({ cost, ...group }) => ({ ...group, costUsd: formatUsd(cost) }));
    return { runId, costUsd: formatUsd(total), items };
  }
}

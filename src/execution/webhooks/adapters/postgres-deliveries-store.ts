import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { DeliveriesStore, type LeasedDelivery, type LeaseRequest } from '../deliveries-store.port.js';
import type { Verdict } from '../domain/verdict.js';
import type { EndStatus } from '../domain/webhook.js';
import {
  disableWebhook,
  giveBackDelivery,
  leaseDeliveries,
  type LeasedRow,
  settleDelivery,
} from './deliveries.sql.js';

const toLeased = (row: LeasedRow): LeasedDelivery => ({
  id: row.id,
  webhookId: row.webhook_id,
  url: row.url,
  secret: row.secret,
  attempts: row.attempts,
  run: {
    id: row.run_id,
    workflowId: row.workflow_id,
    status: row.status as EndStatus,
    reason: row.reason,
    finishedAt: new Date(row.finished_at),
  },
});

@Injectable()
export class PostgresDeliveriesStore extends DeliveriesStore {
  constructor(private readonly work: UnitOfWork) {
    super();
  }

  override async lease(request: LeaseRequest): Promise<readonly LeasedDelivery[]> {
    return (await this.work.query<LeasedRow>(leaseDeliveries(request))).map(toLeased);
  }

  override settle(delivery: LeasedDelivery, verdict: Verdict): Promise<void> {
    if (verdict.kind !== 'gone') return this.record(delivery, verdict);
    return this.work.transactional(async () => {
      // The webhook before its deliveries: in this order everybody locks them.
      await this.work.query(disableWebhook(delivery));
      await this.record(delivery, verdict);
    });
  }

  override async giveBack(delivery: LeasedDelivery): Promise<void> {
    await this.work.query(giveBackDelivery(delivery));
  }

  private async record(delivery: LeasedDelivery, verdict: Verdict): Promise<void> {
    await this.work.query(settleDelivery(delivery, verdict));
  }
}

import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import type { Delivery, Webhook } from '../domain/webhook.js';
import { type NewWebhook, WebhooksStore } from '../webhooks-store.port.js';
import {
  deleteWebhook,
  insertWebhook,
  selectDeliveries,
  selectWebhook,
  selectWebhooks,
} from './webhooks.sql.js';

/** As the driver gives them; timestamps are text. */
interface WebhookRow {
  readonly id: string;
  readonly url: string;
  readonly workflow_id: string | null;
  readonly statuses: Webhook['statuses'];
  readonly description: string;
  readonly disabled_at: string | null;
  readonly created_at: string;
}

interface DeliveryRow {
  readonly id: string;
  readonly run_id: string;
  readonly status: Delivery['status'];
  readonly attempts: number;
  readonly next_attempt_at: string | null;
  readonly last_status: number | null;
  readonly last_error: string | null;
  readonly created_at: string;
  readonly delivered_at: string | null;
}

const date = (value: string | null): Date | null => (value === null ? null : new Date(value));

const toWebhook = (row: WebhookRow): Webhook => ({
  id: row.id,
  url: row.url,
  workflowId: row.workflow_id,
  statuses: row.statuses,
  description: row.description,
  disabledAt: date(row.disabled_at),
  createdAt: new Date(row.created_at),
});

const toDelivery = (row: DeliveryRow): Delivery => ({
  id: row.id,
  runId: row.run_id,
  status: row.status,
  attempts: row.attempts,
  nextAttemptAt: date(row.next_attempt_at),
  lastStatus: row.last_status,
  lastError: row.last_error,
  createdAt: new Date(row.created_at),
  deliveredAt: date(row.delivered_at),
});

@Injectable()
export class PostgresWebhooksStore extends WebhooksStore {
  constructor(private readonly work: UnitOfWork) {
    super();
  }

  override async insert(webhook: NewWebhook): Promise<Webhook> {
    const [row] = await this.work.query<WebhookRow>(insertWebhook(webhook));
    return toWebhook(row as WebhookRow);
  }

  override async find(id: string): Promise<Webhook | null> {
    const [row] = await this.work.query<WebhookRow>(selectWebhook(id));
    return row === undefined ? null : toWebhook(row);
  }

  override async list(after: string | null, limit: number): Promise<readonly Webhook[]> {
    return (await this.work.query<WebhookRow>(selectWebhooks(after, limit))).map(toWebhook);
  }

  override async delete(id: string): Promise<boolean> {
    return (await this.work.query(deleteWebhook(id))).length > 0;
  }

  override async listDeliveries(
    webhookId: string,
    after: string | null,
    limit: number,
  ): Promise<readonly Delivery[]> {
    return (await this.work.query<DeliveryRow>(selectDeliveries(webhookId, after, limit))).map(toDelivery);
  }
}

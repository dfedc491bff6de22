import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Page, toPage } from '../../common/cursor.js';
import { decodeIdCursor } from '../../common/id-cursor.js';
import { newId } from '../../common/ids.js';
import { NotFoundError } from '../../common/tandem-error.js';
import { HttpAllowedHosts } from '../../tasks/handlers/http-request/address-guard.js';
import { WorkflowsService } from '../../workflows/workflows.service.js';
import { checkTarget } from './check-target.js';
import type { Delivery, Webhook } from './domain/webhook.js';
import { WebhooksStore } from './webhooks-store.port.js';
import { unknownWorkflow } from './webhooks.errors.js';
import type { CreateWebhook, ListWebhooksQuery } from './webhooks.schemas.js';

/** In its cursors. */
const LIST = 'webhooks';
/** Standard Webhooks asks for 24 to 64. */
const SECRET_BYTES = 32;

/** Makes, lists and deletes webhooks; shows what became of their deliveries. */
@Injectable()
export class WebhooksService {
  constructor(
    private readonly store: WebhooksStore,
    private readonly workflows: WorkflowsService,
    private readonly allowedHosts: HttpAllowedHosts,
  ) {}

  /** The secret is told here and never again. Fails as `invalid_url`, `address_refused` or `unknown_workflow`. */
  async create(fields: CreateWebhook): Promise<Webhook & { readonly secret: string }> {
    const { url, workflowId = null } = fields;
    const target = checkTarget(url, this.allowedHosts);
    if (workflowId !== null && (await this.workflows.findOwner(workflowId)) === null)
      throw unknownWorkflow(workflowId);
    const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
    return {
      ...(await this.store.insert({ ...fields, url: target, id: newId(), workflowId, secret })),
      secret,
    };
  }

  async list({ limit, cursor }: ListWebhooksQuery): Promise<Page<Webhook>> {
    const webhooks = await this.store.list(decodeIdCursor(cursor, LIST), limit + 1);
    return toPage(webhooks, limit, ({ id }) => id, LIST);
  }

  /** Fails as `webhook_not_found`. */
  async get(id: string): Promise<Webhook> {
    const webhook = await this.store.find(id);
    if (webhook === null) throw new NotFoundError('webhook', id);
    return webhook;
  }

  /** Its deliveries go with it, those that are pending too. Fails as `webhook_not_found`. */
  async remove(id: string): Promise<void> {
    if (!(await this.store.delete(id))) throw new NotFoundError('webhook', id);
  }

  /** Fails as `webhook_not_found`. */
  async listDeliveries(id: string, { limit, cursor }: ListWebhooksQuery): Promise<Page<Delivery>> {
    await this.get(id);
    const list = `${LIST}/${id}/deliveries`;
    const deliveries = await this.store.listDeliveries(id, decodeIdCursor(cursor, list), limit + 1);
    return toPage(deliveries, limit, (delivery) => delivery.id, list);
  }
}

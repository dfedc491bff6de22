import type { Delivery, Webhook } from './domain/webhook.js';

export type NewWebhook = Omit<Webhook, 'disabledAt' | 'createdAt'> & { readonly secret: string };

/** Webhooks as the API makes and reads them. No secret ever comes out. */
export abstract class WebhooksStore {
  abstract insert(webhook: NewWebhook): Promise<Webhook>;
  abstract find(id: string): Promise<Webhook | null>;
  /** Up to `limit` webhooks after the id `after`, in order of id. */
  abstract list(after: string | null, limit: number): Promise<readonly Webhook[]>;
  /** The webhook with its deliveries; false when there is none. */
  abstract delete(id: string): Promise<boolean>;
  abstract listDeliveries(
    webhookId: string,
    after: string | null,
    limit: number,
  ): Promise<readonly Delivery[]>;
}

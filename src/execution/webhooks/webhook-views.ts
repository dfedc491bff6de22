import type { Delivery, Webhook } from './domain/webhook.js';
import type { DeliveryView, WebhookView } from './webhooks.schemas.js';

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

export const toWebhookView = ({ statuses, disabledAt, createdAt, ...shown }: Webhook): WebhookView => ({
  ...shown,
  statuses: [...statuses],
  disabledAt: iso(disabledAt),
  createdAt: createdAt.toISOString(),
});

export const toDeliveryView = (delivery: Delivery): DeliveryView => ({
  ...delivery,
  nextAttemptAt: iso(delivery.nextAttemptAt),
  createdAt: delivery.createdAt.toISOString(),
  deliveredAt: iso(delivery.deliveredAt),
});

import { z } from 'zod';
import { listQuerySchema } from '../../common/cursor.js';
import { DELIVERY_STATUSES, END_STATUSES } from './domain/webhook.js';

const WEBHOOK_ID = '01920000-0000-7000-8000-0000000000c1';
const DELIVERY_ID = '01920000-0000-7000-8000-0000000000d1';
const EXAMPLE_URL = 'https://example.com/hooks/tandem';

const id = z.uuid();
const time = z.iso.datetime().meta({ example: '2026-11-23T12:00:00.000Z' });
const url = z.string().min(1).max(2_048).meta({
  description:
    'http or https, without credentials; shown normalised. Private addresses are refused unless an operator opened them in HTTP_ALLOWED_HOSTS.',
  example: EXAMPLE_URL,
});
const statuses = z
  .array(z.enum(END_STATUSES))
  .min(1)
  .refine((items) => new Set(items).size === items.length, 'must not name a status twice')
  .meta({ description: 'The ends it hears of.', example: ['failed'], uniqueItems: true });
const description = z.string().max(4_000).meta({ example: 'Tells the people on call.' });

export const createWebhookSchema = z
  .strictObject({
    url,
    workflowId: id.optional().meta({ description: 'Only runs of this workflow. Default: all runs.' }),
    statuses: statuses.default([...END_STATUSES]),
    description: description.default(''),
  })
  .meta({
    id: 'CreateWebhook',
    description: 'Where to send the end of runs.',
    example: { url: EXAMPLE_URL, statuses: ['failed'], description: 'Tells the people on call.' },
  });
export type CreateWebhook = z.output<typeof createWebhookSchema>;

export const webhookSchema = z
  .object({
    id: id.meta({ example: WEBHOOK_ID }),
    url,
    workflowId: id.nullable().meta({ description: 'null: all runs.' }),
    statuses,
    description,
    disabledAt: time
      .nullable()
      .meta({ description: 'When its receiver answered 410: it gets nothing any more.', example: null }),
    createdAt: time,
  })
  .meta({ id: 'Webhook', description: 'Where the end of runs is sent to.' });
export type WebhookView = z.output<typeof webhookSchema>;

export const createdWebhookSchema = webhookSchema
  .extend({
    secret: z.string().meta({
      description: 'Verifies signatures (Standard Webhooks). Shown only here.',
      example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=',
    }),
  })
  .meta({ id: 'CreatedWebhook', description: 'A new webhook with its secret.' });
export type CreatedWebhookView = z.output<typeof createdWebhookSchema>;

export const webhookPageSchema = z
  .object({ items: z.array(webhookSchema), nextCursor: z.string().nullable() })
  .meta({ id: 'WebhookPage' });
export type WebhookPage = z.output<typeof webhookPageSchema>;

export const deliverySchema = z
  .object({
    id: id.meta({ description: 'The `webhook-id` of every attempt.', example: DELIVERY_ID }),
    runId: id,
    status: z.enum(DELIVERY_STATUSES),
    attempts: z.int().meta({ description: 'Attempts that have ended.', example: 2 }),
    nextAttemptAt: time.nullable().meta({
      description: 'null unless pending; while an attempt is under way, when it counts as lost.',
    }),
    lastStatus: z.int().nullable().meta({ description: 'null when no answer came.', example: 500 }),
    lastError: z.string().nullable().meta({ example: 'The receiver answered 500.' }),
    createdAt: time,
    deliveredAt: time.nullable(),
  })
  .meta({ id: 'WebhookDelivery', description: 'That one run has ended, for one webhook.' });
export type DeliveryView = z.output<typeof deliverySchema>;

export const deliveryPageSchema = z
  .object({ items: z.array(deliverySchema), nextCursor: z.string().nullable() })
  .meta({ id: 'WebhookDeliveryPage' });
export type DeliveryPage = z.output<typeof deliveryPageSchema>;

export const listWebhooksQuerySchema = listQuerySchema;
export type ListWebhooksQuery = z.output<typeof listWebhooksQuerySchema>;

import { Body, Controller, Delete, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApiRoute } from '../../access/api-route.decorator.js';
import { pathId } from '../../common/http/path-id.js';
import { toDeliveryView, toWebhookView } from './webhook-views.js';
import {
  type CreatedWebhookView,
  createdWebhookSchema,
  type CreateWebhook,
  createWebhookSchema,
  type DeliveryPage,
  deliveryPageSchema,
  type ListWebhooksQuery,
  listWebhooksQuerySchema,
  type WebhookPage,
  webhookPageSchema,
  webhookSchema,
  type WebhookView,
} from './webhooks.schemas.js';
import { WebhooksService } from './webhooks.service.js';

const WEBHOOK_ID = pathId('webhook');

@ApiTags('Webhooks')
@Controller('webhooks')
export class WebhooksController {
  constructor(private readonly webhooks: WebhooksService) {}

  @Post()
  @ApiRoute({
    operationId: 'createWebhook',
    summary: 'Create a webhook',
    description:
      'From now on every run that ends as one of `statuses` is announced to `url` by a POST, signed as Standard Webhooks ' +
      '(standardwebhooks.com) with the `secret` of the answer: `{ type: "run.succeeded", timestamp, data: { runId, workflowId, ' +
      'status, reason, finishedAt } }`. What is not answered 2xx is sent again, 10 times within about a day.',
    scope: 'webhooks:write',
    ok: {
      status: 201,
      schema: createdWebhookSchema,
      description: 'The webhook, and once only its secret.',
      headers: { Location: 'Address of the webhook.' },
    },
    errors: [422],
  })
  async create(
    @Body({ schema: createWebhookSchema }) body: CreateWebhook,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CreatedWebhookView> {
    const { secret, ...webhook } = await this.webhooks.create(body);
    reply.header('Location', `/api/v1/webhooks/${webhook.id}`);
    return { ...toWebhookView(webhook), secret };
  }

  @Get()
  @ApiRoute({
    operationId: 'listWebhooks',
    summary: 'List webhooks',
    description: 'Oldest first, without their secrets.',
    scope: 'webhooks:read',
    ok: { status: 200, schema: webhookPageSchema, description: 'One page of webhooks.' },
  })
  async list(@Query({ schema: listWebhooksQuerySchema }) query: ListWebhooksQuery): Promise<WebhookPage> {
    const { items, nextCursor } = await this.webhooks.list(query);
    return { items: items.map(toWebhookView), nextCursor };
  }

  @Get(':webhookId')
  @ApiRoute({
    operationId: 'getWebhook',
    summary: 'Show a webhook',
    description: 'Without its secret.',
    scope: 'webhooks:read',
    ok: { status: 200, schema: webhookSchema, description: 'The webhook.' },
    errors: [404],
  })
  async get(@Param('webhookId', { schema: WEBHOOK_ID }) id: string): Promise<WebhookView> {
    return toWebhookView(await this.webhooks.get(id));
  }

  @Delete(':webhookId')
  @ApiRoute({
    operationId: 'deleteWebhook',
    summary: 'Delete a webhook',
    description: 'Its deliveries go with it, those that are pending too.',
    scope: 'webhooks:write',
    ok: { status: 204, description: 'It is gone.' },
    errors: [404],
  })
  remove(@Param('webhookId', { schema: WEBHOOK_ID }) id: string): Promise<void> {
    return this.webhooks.remove(id);
  }

  @Get(':webhookId/deliveries')
  @ApiRoute({
    operationId: 'listWebhookDeliveries',
    summary: 'List the deliveries of a webhook',
    description: 'Oldest first.',
    scope: 'webhooks:read',
    ok: { status: 200, schema: deliveryPageSchema, description: 'One page of deliveries.' },
    errors: [404],
  })
  async listDeliveries(
    @Param('webhookId', { schema: WEBHOOK_ID }) id: string,
    @Query({ schema: listWebhooksQuerySchema }) query: ListWebhooksQuery,
  ): Promise<DeliveryPage> {
    const { items, nextCursor } = await this.webhooks.listDeliveries(id, query);
    return { items: items.map(toDeliveryView), nextCursor };
  }
}

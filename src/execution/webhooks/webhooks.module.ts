import { Module } from '@nestjs/common';
import { WorkflowsModule } from '../../workflows/workflows.module.js';
import { PostgresDeliveriesStore } from './adapters/postgres-deliveries-store.js';
import { PostgresWebhooksStore } from './adapters/postgres-webhooks-store.js';
import { DeliveriesStore } from './deliveries-store.port.js';
import { DeliverySender } from './delivery-sender.service.js';
import { NewDeliveries } from './new-deliveries.js';
import { WebhooksStore } from './webhooks-store.port.js';
import { WebhooksController } from './webhooks.controller.js';
import { WebhooksService } from './webhooks.service.js';

/** Who wants to hear of the end of runs, and telling them. What is to be told is written by the checkpoint. */
@Module({
  imports: [WorkflowsModule],
  controllers: [WebhooksController],
  providers: [
    { provide: WebhooksStore, useClass: PostgresWebhooksStore },
    { provide: DeliveriesStore, useClass: PostgresDeliveriesStore },
    NewDeliveries,
    WebhooksService,
    DeliverySender,
  ],
  exports: [NewDeliveries],
})
export class WebhooksModule {}

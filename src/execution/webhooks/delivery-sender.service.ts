import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { AppConfig } from '../../config/config.js';
import { storableMessage } from '../../tasks/domain/task-error.js';
import { HttpClient } from '../../tasks/handlers/http-request/http-client.js';
import { DeliveriesStore, type LeasedDelivery } from './deliveries-store.port.js';
import { type AttemptOutcome, type Verdict, verdictOf } from './domain/verdict.js';
import { NewDeliveries } from './new-deliveries.js';
import { signedRequest } from './signed-request.js';

const POLL_MS = 1_000;
const MAX_UNDER_WAY = 32;
/** A receiver that answers slowly or never takes no more places than these. */
const MAX_UNDER_WAY_PER_WEBHOOK = 4;
const ATTEMPT_LIMIT_MS = 10_000;
/** Longer than an attempt: whoever leased a delivery has recorded it by then, or has died. */
const LEASE_SECONDS = 30;
/** How long attempts may take to end when the process is asked to stop. */
const DRAIN_GRACE_MS = 2_000;
const MAX_ERROR_LENGTH = 500;

interface UnderWay {
  readonly webhookId: string;
  readonly ended: Promise<void>;
}

/** Sends what is due to webhooks, in every process that executes runs. No transaction is open while it sends. */
@Injectable()
export class DeliverySender implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Webhooks');
  private readonly underWay = new Map<string, UnderWay>();
  private readonly stopping = new AbortController();
  private running = false;
  private loop: Promise<void> = Promise.resolve();

  constructor(
    private readonly config: AppConfig,
    private readonly store: DeliveriesStore,
    private readonly client: HttpClient,
    private readonly newDeliveries: NewDeliveries,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.role === 'api') return;
    this.running = true;
    this.loop = this.sendWhatIsDue();
  }

  /** Attempts under way may end for a moment; others are given back. */
  async beforeApplicationShutdown(): Promise<void> {
    this.running = false;
    this.newDeliveries.ring();
    await this.loop;
    const timer = setTimeout(() => this.stopping.abort(), DRAIN_GRACE_MS);
    await Promise.all([...this.underWay.values()].map(({ ended }) => ended));
    clearTimeout(timer);
  }

  private async sendWhatIsDue(): Promise<void> {
    while (this.running) {
      const leased = await this.lease();
      for (const delivery of leased) this.begin(delivery);
      if (leased.length === 0) await this.newDeliveries.wait(POLL_MS);
    }
  }

  private async lease(): Promise<readonly LeasedDelivery[]> {
    const limit = MAX_UNDER_WAY - this.underWay.size;
    if (limit === 0) return [];
    const byWebhook = Map.groupBy(this.underWay.values(), ({ webhookId }) => webhookId);
    try {
      return await this.store.lease({
        limit,
        limitPerWebhook: MAX_UNDER_WAY_PER_WEBHOOK,
        underWay: new Map([...byWebhook].map(([webhookId, all]) => [webhookId, all.length])),
        leaseSeconds: LEASE_SECONDS,
      });
    } catch (error) {
      this.logger.warn(`Webhook deliveries cannot be fetched now: ${(error as Error).message}`);
      return [];
    }
  }

  private begin(delivery: LeasedDelivery): void {
    const { id, webhookId } = delivery;
    const ended = this.deliver(delivery)
      .catch((error: Error) =>
        this.logger.warn(`Delivery ${id} is sent again, its attempt is not recorded: ${error.message}`),
      )
      .finally(() => {
        this.underWay.delete(id);
        // There may be more for the place it took.
        this.newDeliveries.ring();
      });
    this.underWay.set(id, { webhookId, ended });
  }

  private async deliver(delivery: LeasedDelivery): Promise<void> {
    const outcome = await this.attempt(delivery);
    if (outcome === 'stopped') return this.store.giveBack(delivery);
    const verdict = verdictOf(outcome, delivery.attempts, Math.random());
    await this.store.settle(delivery, verdict);
    this.report(delivery, verdict);
  }

  private async attempt(delivery: LeasedDelivery): Promise<AttemptOutcome | 'stopped'> {
    const deadline = AbortSignal.timeout(ATTEMPT_LIMIT_MS);
    const signal = AbortSignal.any([deadline, this.stopping.signal]);
    try {
      return { status: await this.client.statusOf(signedRequest(delivery, new Date()), signal) };
    } catch (error) {
      if (deadline.aborted) return { error: `No answer came within ${ATTEMPT_LIMIT_MS / 1000} s.` };
      if (this.stopping.signal.aborted) return 'stopped';
      return { error: storableMessage((error as Error).message, MAX_ERROR_LENGTH) };
    }
  }

  private report({ id, webhookId }: LeasedDelivery, { kind }: Verdict): void {
    if (kind === 'gone') this.logger.warn(`Webhook ${webhookId} is disabled: its receiver answered 410`);
    if (kind === 'failed') this.logger.warn(`Delivery ${id} of webhook ${webhookId} has failed for good`);
  }
}

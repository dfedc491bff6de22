import type { EndedRun } from './domain/payload.js';
import type { Verdict } from './domain/verdict.js';

/** A delivery one process may attempt until its lease is over. */
export interface LeasedDelivery {
  readonly id: string;
  readonly webhookId: string;
  readonly url: string;
  readonly secret: string;
  /** Those that have failed. */
  readonly attempts: number;
  readonly run: EndedRun;
}

export interface LeaseRequest {
  readonly limit: number;
  /** How many of one webhook may be under way at a time. */
  readonly limitPerWebhook: number;
  /** How many are, by webhook. */
  readonly underWay: ReadonlyMap<string, number>;
  readonly leaseSeconds: number;
}

/** What the sender needs of the database. */
export abstract class DeliveriesStore {
  /** Takes deliveries that are due; nobody else gets them before the lease is over. */
  abstract lease(request: LeaseRequest): Promise<readonly LeasedDelivery[]>;
  /** Records an attempt. One that another attempt has overtaken after the end of the lease changes nothing. */
  abstract settle(delivery: LeasedDelivery, verdict: Verdict): Promise<void>;
  /** Ends the lease without an attempt: whoever looks next takes it. */
  abstract giveBack(delivery: LeasedDelivery): Promise<void>;
}

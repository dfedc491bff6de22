/** The ends a webhook can wait for. */
export const END_STATUSES = ['succeeded', 'failed', 'cancelled'] as const;
export type EndStatus = (typeof END_STATUSES)[number];

export const DELIVERY_STATUSES = ['pending', 'delivered', 'failed'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** Somebody who wants to hear of the end of runs, as shown: without the secret. */
export interface Webhook {
  readonly id: string;
  readonly url: string;
  /** null: the runs of all workflows, and those without one. */
  readonly workflowId: string | null;
  readonly statuses: readonly EndStatus[];
  readonly description: string;
  /** Since when it gets nothing any more, because its receiver said so. */
  readonly disabledAt: Date | null;
  readonly createdAt: Date;
}

/** That one run has ended, for one webhook. */
export interface Delivery {
  /** The `webhook-id` of every attempt. */
  readonly id: string;
  readonly runId: string;
  readonly status: DeliveryStatus;
  /** Those that have ended. */
  readonly attempts: number;
  /** null unless pending; while an attempt is under way, when it is given up for lost. */
  readonly nextAttemptAt: Date | null;
  /** HTTP status of the last answer; null when there was none. */
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  readonly createdAt: Date;
  readonly deliveredAt: Date | null;
}

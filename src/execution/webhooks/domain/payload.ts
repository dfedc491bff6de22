import type { EndStatus } from './webhook.js';

export interface EndedRun {
  readonly id: string;
  readonly workflowId: string | null;
  readonly status: EndStatus;
  readonly reason: string | null;
  readonly finishedAt: Date;
}

/**
 * The body of a delivery, the same for every attempt. Without output: that can be large and private, so the receiver
 * asks for it. `type`, `timestamp` (of the event) and `data` as the Standard Webhooks specification 1.0 has them.
 */
export function payloadOf({ id, workflowId, status, reason, finishedAt }: EndedRun): string {
  const at = finishedAt.toISOString();
  const data = { runId: id, workflowId, status, reason, finishedAt: at };
  return JSON.stringify({ type: `run.${status}`, timestamp: at, data });
}

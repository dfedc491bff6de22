import { retryDelayMs } from './back-off.js';

/** What came of one attempt: a status, or the reason why there was none. */
export type AttemptOutcome = { readonly status: number } | { readonly error: string };

/** What follows from it for the delivery. `gone`: the receiver wants nothing any more, so its webhook is disabled. */
export type Verdict =
  | { readonly kind: 'delivered'; readonly status: number }
  | {
      readonly kind: 'retry';
      readonly status: number | null;
      readonly error: string;
      readonly delayMs: number;
    }
  | { readonly kind: 'failed'; readonly status: number | null; readonly error: string }
  | { readonly kind: 'gone'; readonly status: number; readonly error: string };

const GONE = 410;

function describe(status: number): string {
  const redirect = status >= 300 && status < 400 ? ' Redirects are not followed.' : '';
  return `The receiver answered ${status}.${redirect}`;
}

/** `earlierAttempts`: those that failed before. `random` (0 to 1) is the jitter of a retry. */
export function verdictOf(outcome: AttemptOutcome, earlierAttempts: number, random: number): Verdict {
  const status = 'status' in outcome ? outcome.status : null;
  if (status !== null && status >= 200 && status < 300) return { kind: 'delivered', status };
  const error = 'error' in outcome ? outcome.error : describe(outcome.status);
  if (status === GONE)
    return { kind: 'gone', status, error: 'The receiver answered 410, which disables the webhook.' };
  const delayMs = retryDelayMs(earlierAttempts + 1, random);
  return delayMs === null ? { kind: 'failed', status, error } : { kind: 'retry', status, error, delayMs };
}

import { createHash } from 'node:crypto';
import { contentHash } from '../common/canonical-json.js';
import { TandemError } from '../common/tandem-error.js';

/** How long an answer is replayed. */
export const KEPT_HOURS = 24;

/** An answer as it was given the first time. */
export interface StoredAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface IdempotentRequest {
  /** Hash of caller, method, path with query and key: requests under the same scope are the same request. */
  readonly scope: string;
  /** Hash of the body, equal for equal JSON. */
  readonly bodyHash: string;
}

export interface RequestFacts {
  readonly callerId: string;
  readonly method: string;
  /** Path and query as sent. */
  readonly url: string;
  readonly key: string;
  readonly body: unknown;
}

const PRINTABLE = /^[\x20-\x7e]{1,255}$/;

/** `?wait=` says how the caller listens, not what is asked; the order of parameters means nothing. */
function withoutWait(url: string): string {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  searchParams.delete('wait');
  searchParams.sort();
  return `${pathname}?${searchParams.toString()}`;
}

/** What makes a POST the same as an earlier one. Fails as `invalid_idempotency_key` for a key that is no header text. */
export function identify({ callerId, method, url, key, body }: RequestFacts): IdempotentRequest {
  if (!PRINTABLE.test(key)) {
    throw new TandemError({
      kind: 'malformed',
      code: 'invalid_idempotency_key',
      message: 'Idempotency-Key must be 1 to 255 printable ASCII characters. A UUID is a good key.',
    });
  }
  const parts = JSON.stringify([callerId, method, withoutWait(url), key]);
  return { scope: createHash('sha256').update(parts).digest('hex'), bodyHash: contentHash(body ?? null) };
}

export function keyReused(): TandemError {
  return new TandemError({
    kind: 'invalid',
    code: 'idempotency_key_reused',
    message: 'This Idempotency-Key was used with another body. Use a new key for a new request.',
  });
}

export function keyInFlight(): TandemError {
  return new TandemError({
    kind: 'conflict',
    code: 'idempotency_in_flight',
    message: 'A request with this Idempotency-Key is still being handled. Repeat this one when it has ended.',
    retryable: true,
  });
}

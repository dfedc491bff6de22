/** Why a model gave no answer. The caller decides by kind, never by a provider's error class or text. */
export const MODEL_FAILURES = [
  /** 429. */
  'rate_limited',
  /** 503, 529: the provider says that it has too much to do. */
  'overloaded',
  /** Any other 5xx. */
  'server_error',
  /** No connection, or it broke. */
  'connection',
  /** The deadline of the call passed; a stalled body too. */
  'timeout',
  /** Whoever asked does not want an answer any more. */
  'aborted',
  /** 400, 413, 422 and any other 4xx: the same request fails again. */
  'bad_request',
  /** 401, 403. */
  'unauthorized',
  /** 404: no such model or address. */
  'not_found',
  /** 200 with something that is no answer: HTML, `{}`, truncated JSON, too large. */
  'unreadable',
] as const;
export type ModelFailureKind = (typeof MODEL_FAILURES)[number];

/** Whether a provider may bill for it. `no` only where it cannot: the request was refused or never arrived. */
export type Billed = 'no' | 'unknown';

const UNBILLED: ReadonlySet<ModelFailureKind> = new Set([
  'rate_limited',
  'overloaded',
  'bad_request',
  'unauthorized',
  'not_found',
]);

const RETRYABLE: ReadonlySet<ModelFailureKind> = new Set([
  'rate_limited',
  'overloaded',
  'server_error',
  'connection',
]);

export interface ModelErrorOptions {
  readonly kind: ModelFailureKind;
  /** For people; holds no key and no prompt. */
  readonly message: string;
  /** Default: by kind. */
  readonly billed?: Billed;
  /** HTTP status, where there was one. */
  readonly status?: number;
  /** Earliest sensible next attempt, when the provider said so. */
  readonly retryAfterMs?: number;
  readonly requestId?: string;
  readonly cause?: unknown;
}

/** A model gave no answer. Providers throw nothing else. */
export class ModelError extends Error {
  readonly kind: ModelFailureKind;
  readonly billed: Billed;
  /** Whether the same request may succeed shortly. */
  readonly retryable: boolean;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  readonly requestId: string | undefined;

  constructor({ kind, message, billed, status, retryAfterMs, requestId, cause }: ModelErrorOptions) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'ModelError';
    this.kind = kind;
    this.billed = billed ?? (UNBILLED.has(kind) ? 'no' : 'unknown');
    this.retryable = RETRYABLE.has(kind);
    this.status = status;
    this.retryAfterMs = retryAfterMs;
    this.requestId = requestId;
  }
}

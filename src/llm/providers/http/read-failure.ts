import { z } from 'zod';
import { ModelError, type ModelFailureKind } from '../../domain/model-failure.js';
import { cleanText, readProviderText } from './provider-text.js';
import { readRetryAfter } from './retry-after.js';

/** What is known of a call besides what its SDK threw. */
export interface FailureContext {
  readonly provider: string;
  readonly secrets: readonly string[];
  /** Whether the request went out. */
  readonly sent: boolean;
  /** Of the answer; an SDK may not keep them. Null: none arrived. */
  readonly headers: Headers | null;
  readonly nowMs: number;
}

/** OpenAI says it with 429, but it lasts until somebody pays. */
const NO_CREDIT = 'insufficient_quota';

const statusError = z.object({ status: z.int().min(300).max(599) });
const codedError = z.object({ code: z.string().min(1) });
const wrapped = z.object({ cause: z.unknown() });

/** The other end cannot have read the request. */
const NEVER_ARRIVED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Whatever an SDK threw, as a `ModelError`. Recognised by shape: a class differs between copies and versions. */
export function readFailure(thrown: unknown, context: FailureContext): ModelError {
  if (thrown instanceof ModelError) return thrown;
  const { provider, sent, secrets } = context;
  const status = statusError.safeParse(thrown).data?.status;
  if (status !== undefined) return statusFailure(status, thrown, context);
  const text = readProviderText(thrown, secrets);
  if (sent) return new ModelError({ kind: 'unreadable', message: `No answer of ${provider}: ${text}` });
  const message = `The request was not sent to ${provider}: ${text}`;
  return new ModelError({ kind: 'bad_request', message });
}

function statusFailure(status: number, thrown: unknown, context: FailureContext): ModelError {
  const { provider, secrets, nowMs } = context;
  const headers = context.headers ?? new Headers();
  const kind = codeOf(thrown) === NO_CREDIT ? 'unauthorized' : kindOf(status);
  return new ModelError({
    kind,
    message: `${provider} answered ${status}: ${readProviderText(thrown, secrets)}`,
    status,
    retryAfterMs: readRetryAfter(headers, nowMs) ?? readRetryInfo(thrown),
    requestId: readRequestId(headers) ?? undefined,
  });
}

function kindOf(status: number): ModelFailureKind {
  if (status === 429) return 'rate_limited';
  if (status === 503 || status === 529) return 'overloaded';
  if (status >= 500) return 'server_error';
  if (status === 401 || status === 403) return 'unauthorized';
  // A redirect is not followed: what was asked for is not at this address.
  if (status === 404 || status < 400) return 'not_found';
  return 'bad_request';
}

/** The request or its answer was lost on the way. */
export function connectionFailure(thrown: unknown, { provider, secrets }: FailureContext): ModelError {
  const code = codeOf(thrown);
  // The transport did not take it, a key with a line break for instance.
  if (code === 'UND_ERR_INVALID_ARG') {
    const text = readProviderText(thrown, secrets);
    return new ModelError({ kind: 'bad_request', message: `No request to ${provider} was made: ${text}` });
  }
  const billed = code !== undefined && NEVER_ARRIVED.has(code) ? 'no' : 'unknown';
  const why = cleanText(code ?? readProviderText(thrown, secrets), secrets);
  return new ModelError({
    kind: 'connection',
    message: `The connection to ${provider} failed: ${why}`,
    billed,
  });
}

function codeOf(thrown: unknown): string | undefined {
  for (let error = thrown, depth = 0; depth < 5; depth++) {
    const code = codedError.safeParse(error).data?.code;
    if (code !== undefined) return code;
    error = wrapped.safeParse(error).data?.cause;
  }
  return undefined;
}

export function readRequestId(headers: Headers): string | null {
  return headers.get('x-request-id') ?? headers.get('request-id');
}

const RETRY_DELAY = /"retryDelay"\s*:\s*"(\d+(?:\.\d+)?)s"/;

/** Gemini says it in the body only (`google.rpc.RetryInfo`), and its SDK keeps the body only as the message. */
function readRetryInfo(thrown: unknown): number | undefined {
  const message = z.object({ message: z.string() }).safeParse(thrown).data?.message;
  const seconds = RETRY_DELAY.exec(message ?? '')?.[1];
  return seconds === undefined ? undefined : Math.round(Number(seconds) * 1000);
}

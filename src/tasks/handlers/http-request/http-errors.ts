import { TaskError, type ErrorClass, type TaskFailure } from '../../domain/task-error.js';
import { AddressNotAllowedError, hostOf } from './address-guard.js';
import type { HttpRequestResult } from './http-request.schemas.js';
import type { OutgoingRequest } from './outgoing-request.js';

const MAX_RETRY_AFTER_SECONDS = 3600;
const EXCERPT_LENGTH = 300;

/** Without query: it may hold secrets. */
const targetOf = ({ method, url }: OutgoingRequest): string => `${method} ${url.origin}${url.pathname}`;

function classOf(status: number): ErrorClass {
  switch (status) {
    case 400:
    case 422:
      return 'invalid_input';
    case 401:
    case 403:
      return 'unauthorized';
    case 404:
    case 410:
      return 'not_found';
    case 408:
      return 'transient';
    case 409:
    case 412:
      return 'conflict';
    case 429:
      return 'rate_limited';
    default:
      return status >= 500 ? 'transient' : 'permanent';
  }
}

/** `Retry-After` as seconds from now: a number or a date (RFC 9110 10.2.3), at most an hour; undefined when unusable. */
export function retryAfterSeconds(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  const seconds = /^\d+$/.test(text) ? Number(text) : Math.ceil((Date.parse(text) - now.getTime()) / 1000);
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(seconds, 0), MAX_RETRY_AFTER_SECONDS);
}

function excerpt({ body, bodyEncoding }: HttpRequestResult): string {
  if (bodyEncoding === 'none' || bodyEncoding === 'base64') return '';
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return ` It says: ${text.slice(0, EXCERPT_LENGTH)}${text.length > EXCERPT_LENGTH ? '…' : ''}`;
}

/** An answer with a status nobody expected. A 4xx says that the server did not do what was asked. */
export function statusError(request: OutgoingRequest, answer: HttpRequestResult, now: Date): TaskError {
  const retryAfter = retryAfterSeconds(answer.headers['retry-after'], now);
  return new TaskError({
    code: `http_status_${answer.status}`,
    class: classOf(answer.status),
    message: `${targetOf(request)} answered ${answer.status}.${excerpt(answer)}`,
    effect: answer.status >= 400 && answer.status < 500 ? 'none' : 'unknown',
    ...(retryAfter === undefined ? {} : { retryAfterSeconds: retryAfter }),
  });
}

type Cause = Pick<TaskFailure, 'code' | 'class' | 'effect'> & { readonly reason: string };

const TRANSIENT_BEFORE_SENDING = { class: 'transient', effect: 'none' } as const;
const CAUSES: Readonly<Record<string, Cause>> = {
  ECONNREFUSED: {
    ...TRANSIENT_BEFORE_SENDING,
    code: 'connection_refused',
    reason: 'the connection was refused',
  },
  EHOSTUNREACH: { ...TRANSIENT_BEFORE_SENDING, code: 'unreachable', reason: 'the host cannot be reached' },
  ENETUNREACH: { ...TRANSIENT_BEFORE_SENDING, code: 'unreachable', reason: 'the network cannot be reached' },
  EAI_AGAIN: {
    ...TRANSIENT_BEFORE_SENDING,
    code: 'dns_unavailable',
    reason: 'the name cannot be resolved at the moment',
  },
  UND_ERR_CONNECT_TIMEOUT: {
    ...TRANSIENT_BEFORE_SENDING,
    code: 'connect_timeout',
    reason: 'connecting took too long',
  },
  ENOTFOUND: { code: 'host_not_found', class: 'not_found', effect: 'none', reason: 'there is no such host' },
  UND_ERR_HEADERS_TIMEOUT: {
    code: 'http_timeout',
    class: 'timeout',
    effect: 'unknown',
    reason: 'no answer came in time',
  },
  UND_ERR_BODY_TIMEOUT: {
    code: 'http_timeout',
    class: 'timeout',
    effect: 'unknown',
    reason: 'the answer stalled',
  },
};
const TLS_CODE = /^(ERR_TLS|ERR_SSL|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_)/;
const LOST: Cause = {
  code: 'connection_lost',
  class: 'transient',
  effect: 'unknown',
  reason: 'the connection broke',
};
const TLS: Cause = {
  code: 'tls_error',
  class: 'permanent',
  effect: 'none',
  reason: 'its certificate or TLS was refused',
};

/** An exchange that broke before a whole answer came; TaskErrors stay as they are. */
export function connectionError(request: OutgoingRequest, error: unknown): TaskError {
  if (error instanceof TaskError) return error;
  if (error instanceof AddressNotAllowedError) {
    const { url } = request;
    return new TaskError({
      code: 'address_not_allowed',
      class: 'permanent',
      effect: 'none',
      // A look-up does not know the port.
      message: new AddressNotAllowedError(hostOf(url), error.address, url.port).message,
      cause: error,
    });
  }
  const osCode = (error as NodeJS.ErrnoException | undefined)?.code ?? '';
  const cause = CAUSES[osCode] ?? (TLS_CODE.test(osCode) ? TLS : LOST);
  const detail = osCode === '' ? (error instanceof Error ? error.message : String(error)) : osCode;
  const { reason, ...failure } = cause;
  return new TaskError({
    ...failure,
    message: `${targetOf(request)} failed: ${reason} (${detail}).`,
    cause: error,
  });
}

/** The time limit of the whole exchange ran out. */
export function exchangeTimeout(request: OutgoingRequest, timeoutSeconds: number): TaskError {
  return new TaskError({
    code: 'http_timeout',
    class: 'timeout',
    message: `${targetOf(request)} did not end within ${timeoutSeconds} s. Raise "timeoutSeconds" if it needs longer.`,
  });
}

/** A redirect after an effect (POST → 303 → …) means that the effect has happened, whatever failed later. */
export function afterEffect(error: TaskError): TaskError {
  return new TaskError({ ...error.failure, effect: 'unknown', cause: error });
}

export function tooManyRedirects(request: OutgoingRequest, limit: number): TaskError {
  return new TaskError({
    code: 'too_many_redirects',
    class: 'permanent',
    message: `${targetOf(request)} was the ${limit + 1}th redirect in a row; at most ${limit} are followed.`,
  });
}

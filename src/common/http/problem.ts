import { HttpException } from '@nestjs/common';
import type { Issue } from '../issue.js';
import { type ErrorKind, TandemError } from '../tandem-error.js';
import { isDatabaseAway } from '../database-away.js';

/** What a problem says about itself; the filter adds which request it belongs to. */
export interface ProblemContent {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors: readonly Issue[];
  readonly headers: Readonly<Record<string, string>>;
}

const KINDS: Readonly<Record<ErrorKind, readonly [status: number, title: string]>> = {
  malformed: [400, 'Malformed request'],
  unauthenticated: [401, 'Unauthenticated'],
  forbidden: [403, 'Forbidden'],
  not_found: [404, 'Not found'],
  conflict: [409, 'Conflict'],
  stale: [412, 'Stale version'],
  too_large: [413, 'Too large'],
  invalid: [422, 'Invalid'],
  too_many: [429, 'Too many requests'],
  unavailable: [503, 'Unavailable'],
};

/** More would not help anybody and could make the answer larger than the request. */
const MAX_ERRORS = 1_000;
const RETRY_AFTER_SECONDS = 5;

type Known = readonly [status: number, code: string, title: string, detail: string];

const MALFORMED: Known = [
  400,
  'malformed_request',
  'Malformed request',
  'The request cannot be read. Check its method, path and headers.',
];
const INTERNAL: Known = [
  500,
  'internal_error',
  'Internal error',
  'Something went wrong here. The log has the cause under this requestId.',
];
const UNKNOWN_ROUTE: Known = [
  404,
  'route_not_found',
  'Not found',
  'There is no such route. /docs lists all routes.',
];

/** Errors of the framework that stand for a bad request, by their status. */
const FRAMEWORK: Readonly<Record<number, Known>> = {
  400: MALFORMED,
  404: UNKNOWN_ROUTE,
  408: [408, 'request_timeout', 'Request time-out', 'The request took too long to arrive.'],
  413: [413, 'body_too_large', 'Too large', 'The body is larger than 8 MiB. Send less.'],
  // A part of the path that is longer than any id.
  414: UNKNOWN_ROUTE,
  415: [
    415,
    'unsupported_media_type',
    'Unsupported media type',
    'Send the body as JSON with Content-Type: application/json.',
  ],
  431: [431, 'headers_too_large', 'Headers too large', 'The headers are larger than 16 KiB. Send less.'],
};

/** Errors of Node's HTTP parser, by their code; every other one is malformed. */
const UNREADABLE: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
};

function ofTandemError(error: TandemError): ProblemContent {
  const [status, title] = KINDS[error.kind];
  const retryAfter = error.details['retryAfterSeconds'] ?? RETRY_AFTER_SECONDS;
  const waits = error.kind === 'unavailable' || error.kind === 'too_many';
  return {
    status,
    code: error.code,
    title,
    detail: error.message,
    errors: error.issues.slice(0, MAX_ERRORS),
    headers: waits ? { 'Retry-After': String(retryAfter) } : {},
  };
}

function frameworkProblem(error: unknown): Known | null {
  if (!(error instanceof Error)) return null;
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  const isFastify = typeof code === 'string' && code.startsWith('FST_ERR_') && typeof statusCode === 'number';
  const status = error instanceof HttpException ? error.getStatus() : isFastify ? statusCode : 500;
  return status >= 500 ? null : (FRAMEWORK[status] ?? MALFORMED);
}

const ofKnown = ([status, code, title, detail]: Known): ProblemContent => ({
  status,
  code,
  title,
  detail,
  errors: [],
  headers: {},
});

/** The problem of what Node could not read as a request. */
export const problemOfUnreadable = ({ code = '' }: NodeJS.ErrnoException): ProblemContent =>
  ofKnown(FRAMEWORK[UNREADABLE[code] ?? 400] ?? MALFORMED);

/**
 * The problem an error is answered with, whatever it is. Only a `TandemError` speaks to the caller in its own words;
 * what nobody foresaw is `internal_error` and says nothing of itself.
 */
export function problemOf(error: unknown): ProblemContent {
  if (error instanceof TandemError) return ofTandemError(error);
  if (isDatabaseAway(error)) {
    return ofTandemError(
      new TandemError({
        kind: 'unavailable',
        code: 'database_unavailable',
        message: 'The database cannot be reached or did not answer in time. Try again shortly.',
      }),
    );
  }
  const known = frameworkProblem(error);
  return ofKnown(known ?? INTERNAL);
}

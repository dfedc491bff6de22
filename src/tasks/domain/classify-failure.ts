import type { ErrorClass, TaskFailure } from './task-error.js';

/** What a task type knows of an error that its handler did not name a class for. */
export interface ErrorRule {
  /** Of the failure; absent: any. */
  readonly code?: string;
  /** Occurs in the message; absent: any. No look-behind, no nested repetition: it meets texts from anywhere. */
  readonly message?: RegExp;
  readonly class: ErrorClass;
  /** Absent: as it was. */
  readonly retryable?: boolean;
}

/** Errors of Node, of HTTP clients and of databases, by what their messages say. */
const GENERAL: readonly ErrorRule[] = [
  {
    message: /\bE(CONNRESET|CONNABORTED|PIPE|AI_AGAIN|NETRESET|NETUNREACH|HOSTUNREACH)\b/,
    class: 'transient',
  },
  {
    message: /socket hang up|connection (was )?(reset|closed|terminated)|other side closed/i,
    class: 'transient',
  },
  { message: /\b(429|too many requests|rate.?limit)/i, class: 'rate_limited' },
  { message: /\bE(TIMEDOUT|SOCKETTIMEDOUT)\b|\btim(ed|e) ?out\b|deadline exceeded/i, class: 'timeout' },
  {
    message: /\bE(CONNREFUSED|NOTFOUND)\b|\b50[234]\b|service unavailable|bad gateway/i,
    class: 'dependency',
  },
  { message: /\bE(NOENT|NOTDIR)\b|\b404\b|not found|no such/i, class: 'not_found' },
  {
    message: /\bE(ACCES|PERM|ROFS)\b|\b40[13]\b|unauthorized|forbidden|permission denied/i,
    class: 'unauthorized',
  },
  { message: /\bE(NOSPC|NOMEM|MFILE|NFILE|DQUOT)\b|out of memory|no space left/i, class: 'resource' },
  { message: /\bE(EXIST|BUSY|NOTEMPTY)\b|\b409\b|already exists|deadlock|conflict/i, class: 'conflict' },
];

const matches = ({ code, message }: ErrorRule, failure: Pick<TaskFailure, 'code' | 'message'>): boolean =>
  (code === undefined || code === failure.code) && (message === undefined || message.test(failure.message));

/**
 * Gives a failure that nobody named a class for (`unexpected`) the class of the first rule that fits: those of its task
 * type, then what is known in general. A general rule never changes whether it is tried again. Pure and total.
 */
export function classifyFailure(failure: TaskFailure, ofType: readonly ErrorRule[] = []): TaskFailure {
  if (failure.class !== 'unexpected') return failure;
  const own = ofType.find((rule) => matches(rule, failure));
  if (own !== undefined)
    return { ...failure, class: own.class, retryable: own.retryable ?? failure.retryable };
  const general = GENERAL.find((rule) => matches(rule, failure));
  return general === undefined ? failure : { ...failure, class: general.class };
}

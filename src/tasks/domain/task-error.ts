/** Error classes, the first question of every recovery: what kind of failure is this? */
export const ERROR_CLASSES = [
  'transient',
  'rate_limited',
  'timeout',
  'invalid_input',
  'not_found',
  'conflict',
  'unauthorized',
  'dependency',
  'resource',
  'budget',
  'permanent',
  'unexpected',
] as const;
export type ErrorClass = (typeof ERROR_CLASSES)[number];

/** Classes where the same attempt may succeed later without anything being changed. */
const RETRYABLE: ReadonlySet<ErrorClass> = new Set([
  'transient',
  'rate_limited',
  'timeout',
  'dependency',
  'unexpected',
]);

/** Why an attempt failed, as it is stored, shown and decided upon. */
export interface TaskFailure {
  readonly code: string;
  readonly class: ErrorClass;
  readonly message: string;
  readonly retryable: boolean;
  /** Whether the attempt may have had its effect before it failed. */
  readonly effect: 'none' | 'unknown';
  /** Earliest sensible next attempt, when the other side said so. */
  readonly retryAfterSeconds?: number;
}

export interface TaskErrorOptions {
  readonly code: string;
  readonly class: ErrorClass;
  readonly message: string;
  /** Default: by class. */
  readonly retryable?: boolean;
  /** Default 'unknown'; say 'none' only where the effect cannot have happened. */
  readonly effect?: 'none' | 'unknown';
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
}

/** What a handler throws to say how it failed. Anything else it throws counts as `unexpected`. */
export class TaskError extends Error {
  readonly failure: TaskFailure;

  constructor(options: TaskErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'TaskError';
    this.failure = {
      code: options.code,
      class: options.class,
      message: options.message,
      retryable: options.retryable ?? RETRYABLE.has(options.class),
      effect: options.effect ?? 'unknown',
      ...(options.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: options.retryAfterSeconds }),
    };
  }
}

const MAX_MESSAGE_LENGTH = 2000;
const MAX_CODE_LENGTH = 200;

/** Makes text from elsewhere fit to be stored and shown: no NUL, no lone surrogate, bounded. */
export function storableMessage(text: string, maxLength = MAX_MESSAGE_LENGTH): string {
  const clean = text.replaceAll('\u0000', '\uFFFD').toWellFormed();
  return clean.length <= maxLength ? clean : `${clean.slice(0, maxLength)}…`.toWellFormed();
}

function describe(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message || thrown.name;
  if (typeof thrown === 'string') return thrown;
  try {
    return JSON.stringify(thrown) ?? String(thrown);
  } catch {
    return Object.prototype.toString.call(thrown);
  }
}

function unexpected(message: string): TaskFailure {
  return { code: 'handler_error', class: 'unexpected', message, retryable: true, effect: 'unknown' };
}

/** A `TaskError` of code that does not keep to its types must not make its task impossible to store. */
function readTaskError({ failure }: TaskError): TaskFailure {
  const { code, message, retryable, effect, retryAfterSeconds } = failure;
  const errorClass = ERROR_CLASSES.find((known) => known === failure.class) ?? 'unexpected';
  return {
    code: typeof code === 'string' ? storableMessage(code, MAX_CODE_LENGTH) : 'handler_error',
    class: errorClass,
    message: storableMessage(String(message)),
    retryable: typeof retryable === 'boolean' ? retryable : RETRYABLE.has(errorClass),
    effect: effect === 'none' ? 'none' : 'unknown',
    ...(Number.isFinite(retryAfterSeconds) ? { retryAfterSeconds: retryAfterSeconds as number } : {}),
  };
}

/** Whatever a handler threw, as a failure that can be stored. Total: it never throws itself. */
export function toFailure(thrown: unknown): TaskFailure {
  try {
    if (thrown instanceof TaskError) return readTaskError(thrown);
    return unexpected(storableMessage(describe(thrown)));
  } catch {
    return unexpected('The handler threw something that cannot be shown.');
  }
}

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

/** Makes text from elsewhere fit to be stored and shown: no NUL, no lone surrogate, bounded. */
export function storableMessage(text: string): string {
  const clean = text.replaceAll('\u0000', '\uFFFD').toWellFormed();
  return clean.length <= MAX_MESSAGE_LENGTH ? clean : `${clean.slice(0, MAX_MESSAGE_LENGTH)}…`.toWellFormed();
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

/** Whatever a handler threw, as a failure. Total: it never throws itself. */
export function toFailure(thrown: unknown): TaskFailure {
  if (thrown instanceof TaskError) {
    return { ...thrown.failure, message: storableMessage(thrown.failure.message) };
  }
  return {
    code: 'handler_error',
    class: 'unexpected',
    message: storableMessage(describe(thrown)),
    retryable: true,
    effect: 'unknown',
  };
}

import type { Issue } from './issue.js';

/** What went wrong, in words of the domain; only the problem filter turns it into a status. */
export type ErrorKind =
  | 'malformed'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'stale'
  | 'too_large'
  | 'invalid'
  | 'too_many'
  | 'unavailable';

export interface TandemErrorOptions {
  readonly kind: ErrorKind;
  /** Stable, snake_case; documented in docs/errors.md. */
  readonly code: string;
  /** What was wrong, with which value, and what to do. Never holds a secret. */
  readonly message: string;
  readonly issues?: readonly Issue[];
  readonly retryable?: boolean;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** An error a caller can act on. Anything else that reaches the edge is a bug and answered as `internal_error`. */
export class TandemError extends Error {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly issues: readonly Issue[];
  readonly retryable: boolean;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(options: TandemErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.kind = options.kind;
    this.code = options.code;
    this.issues = options.issues ?? [];
    this.retryable = options.retryable ?? options.kind === 'unavailable';
    this.details = options.details ?? {};
  }
}

export class NotFoundError extends TandemError {
  constructor(what: string, id: string) {
    super({
      kind: 'not_found',
      code: `${what.replaceAll(' ', '_')}_not_found`,
      message: `There is no ${what} with the id ${JSON.stringify(id)}.`,
    });
  }
}

export class ConflictError extends TandemError {
  constructor(code: string, message: string, details?: Readonly<Record<string, unknown>>) {
    super({ kind: 'conflict', code, message, ...(details ? { details } : {}) });
  }
}

export class InvalidInputError extends TandemError {
  constructor(code: string, message: string, issues: readonly Issue[]) {
    super({ kind: 'invalid', code, message, issues });
  }
}

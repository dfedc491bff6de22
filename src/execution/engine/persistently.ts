import { setTimeout as sleep } from 'node:timers/promises';
import { TaskError } from '../../tasks/domain/task-error.js';

const RETRY_DELAY_MS = 200;
/** SQLSTATE classes of values that PostgreSQL refuses: sending them again cannot help. */
const DATA_ERROR_CLASSES: ReadonlySet<string> = new Set(['22', '23', '54']);

/** Whether sending the same again cannot help. */
export function isDataError(error: unknown): boolean {
  // Too much for one text: the same batch is too much again.
  if (error instanceof RangeError) return true;
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && code.length === 5 && DATA_ERROR_CLASSES.has(code.slice(0, 2));
}

export interface Persistence {
  /** True when nobody needs the answer any more: the last error is thrown. */
  givenUp(): boolean;
  report(message: string): void;
  /** What is tried, for the report: `A checkpoint of 3 runs`. */
  readonly what: string;
}

/**
 * Repeats work against the database until it is there again. Errors of the data itself, and what a task is to be told,
 * are thrown at once.
 */
export async function persistently<T>(
  work: () => Promise<T>,
  { givenUp, report, what }: Persistence,
): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (givenUp() || isDataError(error) || error instanceof TaskError) throw error;
      report(`${what} is tried again: ${(error as Error).message}`);
      await sleep(RETRY_DELAY_MS);
    }
  }
}

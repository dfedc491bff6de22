import type { NewChildRun } from './child-run.js';

/** What few steps have. */
export interface RareParts {
  readonly addedTasks: number[];
  readonly reassignedTasks: number[];
  readonly redefinedTasks: number[];
  readonly proposedFor: number[];
  readonly childRuns: NewChildRun[];
  readonly childCancels: string[];
  readonly freedPermits: number[];
  /** Tasks whose child run needs no cancel. */
  readonly endedChildren: Set<number>;
  /** Tasks that a recovery had waited for and that have ended. */
  readonly endedHelpers: number[];
}

export const newRareParts = (): RareParts => ({
  addedTasks: [],
  reassignedTasks: [],
  redefinedTasks: [],
  proposedFor: [],
  childRuns: [],
  childCancels: [],
  freedPermits: [],
  endedChildren: new Set(),
  endedHelpers: [],
});

export const NOTHING_RARE: Readonly<RareParts> = Object.freeze(newRareParts());

import type { JsonValue } from '../../common/json.js';

/** The handler finished; `result` is stored once and given to the successors. */
export interface Done<R> {
  readonly kind: 'done';
  readonly result: R;
}

/** Nothing to do until `at`; then the task succeeds with `result`. Holds no slot, survives any crash. */
export interface WaitUntil<R> {
  readonly kind: 'waitUntil';
  readonly at: Date;
  readonly result: R;
}

/** A person decides. `approval`: approved → succeeds with `{ approved, by, comment }`, rejected → fails as `rejected`. */
export interface WaitForPerson {
  readonly kind: 'waitForPerson';
  readonly form: 'approval';
  readonly question: string;
  readonly details?: JsonValue;
}

/** How an attempt ends when it does not throw: done, or parked without knowing the engine. */
export type TaskOutcome<R> = Done<R> | WaitUntil<R> | WaitForPerson;

export const done = <R>(result: R): Done<R> => ({ kind: 'done', result });

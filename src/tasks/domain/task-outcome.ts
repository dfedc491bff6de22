import type { JsonObject, JsonValue } from '../../common/json.js';

/** The handler finished; `result` is stored once and given to the successors. */
export interface Done<R> {
  readonly kind: 'done';
  readonly result: R;
  /** What the run shall note beside the end of the task. */
  readonly note?: Note;
}

/** An event of the run that a handler has something to say about. */
export interface Note {
  readonly type: 'decision.made';
  readonly data: JsonObject;
}

/** Nothing to do until `at`; then the task succeeds with `result`. Holds no slot, survives any crash. */
export interface WaitUntil<R> {
  readonly kind: 'waitUntil';
  readonly at: Date;
  readonly result: R;
}

/**
 * A person decides or does something. `approval`: approved → succeeds with `{ approved, by, comment }`, rejected → fails
 * as `rejected`. `task`: completed → succeeds with `{ answer, by }`.
 */
export interface WaitForPerson {
  readonly kind: 'waitForPerson';
  readonly form: 'approval' | 'task';
  readonly question: string;
  readonly details?: JsonValue;
  /** JSON Schema the answer to a `task` has to fit. */
  readonly answerSchema?: JsonObject;
}

/** The attempt becomes a run of that workflow; the task ends with it, as `{ runId, status, output }`. */
export interface ChildRun {
  readonly kind: 'childRun';
  readonly workflowId: string;
  readonly input: JsonValue;
}

/** Like `done`, said by a handler whose task was given tasks of its own: it ends when they have. */
export interface WaitForChildren<R> {
  readonly kind: 'waitForChildren';
  readonly result: R;
}

/** How an attempt ends when it does not throw: done, or parked without knowing the engine. */
export type TaskOutcome<R> = Done<R> | WaitUntil<R> | WaitForPerson | ChildRun | WaitForChildren<R>;

/** What a type found out about an attempt that ended without an answer. */
export type ProbeAnswer<R> =
  /** It had its effect: this is its result. */
  | Done<R>
  /** It certainly had none, and will not have it any more. */
  | { readonly kind: 'notDone' }
  /** Cannot be said; a person is asked. */
  | { readonly kind: 'unknown' };

export const done = <R>(result: R, note?: Note): Done<R> => ({
  ...{ kind: 'done', result },
  ...(note === undefined ? {} : { note }),
});

import type { z } from 'zod';
import type { Issue } from '../../common/issue.js';
import type { JsonObject } from '../../common/json.js';
import type { ErrorRule } from './classify-failure.js';
import type { CheckBudget } from './check-budget.js';
import type { Effect } from './effect.js';
import type { ModelUse } from './model-use.js';
import type { PlanningHints } from './planning-hints.js';
import type { ProbeAnswer, TaskOutcome } from './task-outcome.js';

/**
 * Whether a type can be used in this deployment; `reason` says what to switch on. `temporary`: it may be back at any
 * time, so attempts are made all the same, and the handler says for itself how they fail.
 */
export type Availability =
  | { readonly available: true }
  | { readonly available: false; readonly reason: string; readonly temporary?: true };

export interface TaskExample<P> {
  readonly title: string;
  /** Works as it stands, and is shown in the catalogue. */
  readonly parameters: P;
}

/**
 * What can never work in a value that fits its schema: an expression that cannot be parsed, a path that leads out.
 * Pointers into the value, codes as an attempt would fail with. Pure, evaluates nothing, quick: callers wrote the
 * value. What takes longer than a microsecond or two is taken from the budget first.
 */
export type ParameterCheck<V> = (value: V, budget: CheckBudget) => readonly Issue[];

/** A part of a task. */
export interface SubTask {
  /** A slug, unique among the parts. */
  readonly taskId: string;
  readonly taskType: string;
  readonly description: string;
  readonly parameters: JsonObject;
  /** Other parts it waits for. */
  readonly dependencies: readonly string[];
}

/** By top-level parameter. Called with what the caller wrote, where that fits its schema and holds no reference. */
export type ParameterChecks<P> = { readonly [K in keyof P]?: ParameterCheck<Exclude<P[K], undefined>> };

/**
 * What a kind of work is: everything the catalogue, the validator and the engine know of it.
 * `parameters` and `result` are zod objects; `.meta({ description })` on every field is shown in the catalogue,
 * `.meta({ 'x-literal': true })` keeps references out of a field, `.meta({ adjustable: true })` lets a recovery
 * change it.
 */
export interface TaskTypeOptions<P = unknown, R = unknown> {
  /** `group.verb`, lower case: `http.request`. Also the capability an agent needs. */
  readonly name: string;
  readonly description: string;
  readonly parameters: z.ZodType<P>;
  readonly result: z.ZodType<R>;
  /** From the resolved parameters. Pure. */
  readonly effects: (parameters: P) => Effect;
  /** What the schema cannot say of a parameter; part of every validation of a definition, not of an attempt. */
  readonly check?: ParameterChecks<P>;
  /**
   * For a type that asks a language model, out of what the caller wrote, in which a reference may stand for a value: the
   * most an attempt asks. Quotes and the start of a run count it. Pure. Absent: it asks none.
   */
  readonly modelUse?: (parameters: JsonObject) => ModelUse;
  /** Classes of errors its handler throws without one. The first that fits counts; what none fits is told by its message. */
  readonly errors?: readonly ErrorRule[];
  readonly examples: readonly TaskExample<z.input<z.ZodType<P>>>[];
  /**
   * Smaller tasks that together do one; null: it is as small as it gets. Pure. Absent: lists that `planning` marks with
   * `split` are split, anything else is one task.
   */
  readonly decompose?: (parameters: P) => readonly SubTask[] | null;
  /** For planning from a sentence without a model. */
  readonly planning?: PlanningHints;
  /** Default time limit of an attempt in seconds, when the task names none. */
  readonly defaultTimeoutSeconds?: number;
}

/** What a handler may know of the attempt it executes. */
export interface TaskContext {
  readonly runId: string;
  /** null: the run is one task given to an agent. */
  readonly workflowId: string | null;
  readonly agentId: string | null;
  /** Whether the run was started with the help of models. */
  readonly assisted: boolean;
  /** UUID of the task. */
  readonly id: string;
  /** The task's slug in the definition. */
  readonly taskId: string;
  readonly attempt: number;
  /** The same for every attempt of this task (or of one of its alternatives) in this run: send it to whoever can recognise a repetition. */
  readonly idempotencyKey: string;
  /** Aborts on time-out, cancel, lost ownership and shut-down. Pass it on; what comes after it is dropped. */
  readonly signal: AbortSignal;
  now(): Date;
}

/** Executes attempts of one task type. Never called inside a transaction; may run more than once with the same key. */
export interface TaskHandler<P = unknown, R = unknown> {
  execute(parameters: P, context: TaskContext): Promise<TaskOutcome<R>>;
  /**
   * Looks up whether an attempt had its effect that was interrupted or failed in doubt; only asked when that cannot be
   * undone. Reads only. Absent: a person is asked. The key of the context is that of the attempt.
   */
  probe?(parameters: P, context: TaskContext): Promise<ProbeAnswer<R>>;
  /** Absent: always available. Asked when the catalogue is shown, a definition checked, an attempt started. */
  availability?(): Availability;
}

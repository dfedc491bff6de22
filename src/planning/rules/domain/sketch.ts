import type { Literal } from './literals.js';

/** A task type that might do what a clause says. */
export interface Candidate {
  readonly taskType: string;
  /** Comparable within one sketch only; more is better; ties go by name. 0: put in for another step. */
  readonly score: number;
  /** Words of the clause that speak for it, most telling first. */
  readonly because: readonly string[];
}

/** When a step runs, if that depends on something: the step of `Sketch.steps` that decides, and which answer it takes. */
export interface StepCondition {
  /** Words of the condition. */
  readonly text: string;
  /** The step it looks at; null: nothing before it can decide. */
  readonly step: number | null;
  /** false: the "otherwise" of it. */
  readonly holds: boolean;
}

/** One thing to be done, in the order of the request. */
export interface SketchStep {
  /** The words of the request it came from, literals written out; of an inserted one: those it is put in for. */
  readonly clause: string;
  /** null: it asks for an action that nothing in the catalogue does. */
  readonly taskType: string | null;
  /** Best first, `taskType` among them. */
  readonly candidates: readonly Candidate[];
  /** Of its clause, in their order. */
  readonly literals: readonly Literal[];
  /** Put in because a later step needs what it yields. */
  readonly isInserted: boolean;
  /** Indexes of the steps it comes right after, smaller than its own; side by side where the words say so. */
  readonly after: readonly number[];
  readonly condition: StepCondition | null;
}

/** Which task types a request asks for, in which order: not yet with parameters. */
export interface Sketch {
  readonly steps: readonly SketchStep[];
  /** Clauses that ask for nothing, as they are told, beside others that do. */
  readonly leftOut: readonly string[];
}

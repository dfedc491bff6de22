import type { Issue } from '../../common/issue.js';
import type { RegisteredTaskType } from '../../tasks/domain/registered-task-type.js';
import type { Definition } from './definition.js';
import type { TaskGraph } from './graph.js';

/** An agent of the owner's subtree, as far as capability is concerned. */
export interface CandidateAgent {
  readonly id: string;
  readonly capabilities: readonly string[];
  /** Only `active` agents take tasks. */
  readonly status: string;
}

/** What a definition is checked against. */
export interface ValidationContext {
  findTaskType(name: string): RegisteredTaskType | undefined;
  /** Names to propose for an unknown task type. */
  readonly taskTypeNames?: readonly string[];
  /** The owner and the agents below it. Absent: capability is not checked. */
  readonly agents?: readonly CandidateAgent[];
}

/** All that is known of a checked definition. */
export interface Validation {
  readonly valid: boolean;
  /** All issues at once, pointers into the definition; after 1,000 one summary issue. */
  readonly issues: readonly Issue[];
  /** Typed, defaults filled in; null unless valid. */
  readonly definition: Definition | null;
  /**
   * What can be quoted: null when the graph is broken. Other issues do not prevent a quote, but fields with issues
   * are left out of this definition: never store or run it, use `definition`.
   */
  readonly quotable: { readonly definition: Definition; readonly graph: TaskGraph } | null;
}

/** Checks a definition of unknown shape and reports every issue at once; never throws. */
export declare function validateDefinition(value: unknown, context: ValidationContext): Validation;

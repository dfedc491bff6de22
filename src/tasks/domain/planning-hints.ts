import type { JsonValue } from '../../common/json.js';

/** Where a planner without a model finds the value of a parameter in the words of a clause. The first that applies. */
export interface ParameterHint {
  /** After one of these words: `['by', 'per']` finds "licence" in "count the packages per licence". */
  readonly after?: readonly string[];
  /** What stands after one of `after` has to be a path, an address or a quoted text: "to the file out.json". */
  readonly literal?: true;
  /** The object of the verb, where it has no article and names nothing made before: "write ok". */
  readonly bare?: true;
  /** The object of the verb: "packages" in "count the packages"; a list: only with one of these values of `operation`. */
  readonly object?: true | { readonly parameter: string; readonly in: readonly string[] };
  /** A field and what it equals, after one of `after`, as an object: "where the status is open". */
  readonly equality?: true;
  /** Only the last word of what was found: "packages" of "the open packages". */
  readonly head?: true;
  /** The whole clause. */
  readonly clause?: true;
  /** Where the text says nothing. */
  readonly value?: JsonValue;
  /** Words and results go in only where another parameter has one of these values. */
  readonly onlyWith?: { readonly parameter: string; readonly in: readonly string[] };
  /** The result of an earlier task goes in as this member of it. */
  readonly as?: string;
  /** A list whose elements can be worked on one by one, in tasks of their own. */
  readonly split?: true;
  /** Text that stands for a value the schema lists: `{ count: ['how many'] }`. */
  readonly words?: Readonly<Record<string, readonly string[]>>;
}

/** What helps a planner without a model to use a task type: words and names, no code. */
export interface PlanningHints {
  /** Words people use for it that its name and description do not hold. */
  readonly synonyms?: readonly string[];
  /**
   * Only a clause whose verb is one of its words asks for it: for types that fit many things, as a file does, and would
   * otherwise be taken for whatever is to be done with them.
   */
  readonly verbRequired?: true;
  /** The parameter that says how many seconds it takes; quotes count them. */
  readonly secondsIn?: string;
  /** By top-level parameter. */
  readonly parameters?: Readonly<Record<string, ParameterHint>>;
  /**
   * The field of the result that people mean by "the result", the first whose `with` parameters are all given. Empty:
   * none, who asks for the result gets what went in. Absent: found by the schema.
   */
  readonly yields?: readonly {
    readonly field: string;
    readonly with?: readonly string[];
    /** What it is then, where the schema of the result leaves it open. */
    readonly type?: 'string' | 'array' | 'object';
  }[];
}

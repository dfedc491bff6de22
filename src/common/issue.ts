/**
 * One thing that is wrong with an input. The same list feeds problem documents, validation reports and tests.
 * `pointer` is an RFC 6901 JSON pointer into the checked value ('' is the value itself).
 */
export interface Issue {
  readonly code: string;
  readonly pointer: string;
  readonly message: string;
  /** A warning never makes a value invalid. Absent means 'error'. */
  readonly severity?: 'error' | 'warning';
  /** The values that would have been accepted, where the set is closed. */
  readonly allowed?: readonly string[];
}

/** Moves issues under a parent, e.g. those of a definition under `/definition` of a request body. */
export function prefixIssues(issues: readonly Issue[], prefix: string): Issue[] {
  return issues.map((issue) => ({ ...issue, pointer: prefix + issue.pointer }));
}

export const isError = (issue: Issue): boolean => issue.severity !== 'warning';

/** An approved plan as plan memory keeps it: words and names, no parameters. */
export interface RememberedPlan {
  readonly id: string;
  readonly request: string;
  /** Words that describe single steps, where somebody wrote them: `text` of the step done by `taskType`. May be empty. */
  readonly steps: readonly { readonly text: string; readonly taskType: string }[];
  /** Task types in order; the same may occur more than once. */
  readonly taskTypes: readonly string[];
  /** Indexes into `taskTypes`. */
  readonly links: readonly { readonly source: number; readonly target: number }[];
}

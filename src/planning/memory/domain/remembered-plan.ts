/** Indexes of tasks: the first comes before the second. */
export interface PlanLink {
  readonly source: number;
  readonly target: number;
}

/** Task types in order, the same may occur more than once, and what follows what. */
export interface PlanShape {
  readonly taskTypes: readonly string[];
  readonly links: readonly PlanLink[];
}

/** An approved or rejected plan as plan memory keeps it: words and names, no parameters. */
export interface RememberedPlan extends PlanShape {
  /** Sorts by age. */
  readonly id: string;
  readonly request: string;
  /** Words that describe single tasks, where somebody wrote them. */
  readonly steps: readonly { readonly text: string; readonly taskType: string }[];
  /** false: it was rejected, or failed when it ran. */
  readonly isAccepted: boolean;
  /** Who had it made; only so many of one are kept. */
  readonly author: string | null;
}

/** What the planner without memory makes of a request. */
export interface Baseline extends PlanShape {
  readonly clauses: readonly {
    readonly text: string;
    /** Best first. */
    readonly candidates: readonly { readonly taskType: string; readonly score: number }[];
  }[];
}

/** One text for plans that are the same: which task types, and which of them comes right after which. */
export const shapeKey = ({ taskTypes, links }: PlanShape): string =>
  JSON.stringify([
    [...taskTypes].sort(),
    links.map(({ source, target }) => `${taskTypes[source] ?? ''}\n${taskTypes[target] ?? ''}`).sort(),
  ]);

/** Each after the one before. */
export const chained = (taskTypes: readonly string[]): PlanShape => ({
  taskTypes,
  links: taskTypes.slice(1).map((_, at) => ({ source: at, target: at + 1 })),
});

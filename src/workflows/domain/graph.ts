/** A definition's graph by position: task i is `tasks[i]`. Rows of the lists are `start[i]` to `start[i + 1]`. */
export interface TaskGraph {
  readonly taskIds: readonly string[];
  readonly indexOf: ReadonlyMap<string, number>;
  readonly dependencyStart: Int32Array;
  /** Distinct dependencies of each task. */
  readonly dependencies: Int32Array;
  readonly successorStart: Int32Array;
  readonly successors: Int32Array;
  /** Distinct dependencies, counted. */
  readonly edges: number;
  /** Topological order: of all tasks that could come next, the first by position. */
  readonly order: Int32Array;
  /** Longest path from a source to the task, in edges; sources are 0. */
  readonly level: Int32Array;
  /** Tasks on the longest path. */
  readonly depth: number;
  /** Tasks on the largest level. */
  readonly width: number;
}

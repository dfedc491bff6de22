/** What a graph needs to know of a task. Unknown dependencies are left out, repeated ones count once. */
export interface GraphNode {
  readonly taskId: string;
  readonly dependencies: readonly unknown[];
}

/** Who waits for whom, by position, before anything is known about cycles. */
export interface Links {
  readonly taskIds: readonly string[];
  /** Of several tasks with one id, the first. */
  readonly indexOf: ReadonlyMap<string, number>;
  /** Row i of `dependencies` goes from `dependencyStart[i]` to `dependencyStart[i + 1]`. */
  readonly dependencyStart: Int32Array;
  readonly dependencies: Int32Array;
  readonly successorStart: Int32Array;
  readonly successors: Int32Array;
}

function indexIds(nodes: readonly GraphNode[]): Map<string, number> {
  const indexOf = new Map<string, number>();
  for (let index = nodes.length - 1; index >= 0; index--)
    indexOf.set((nodes[index] as GraphNode).taskId, index);
  return indexOf;
}

function linkDependencies(nodes: readonly GraphNode[], indexOf: ReadonlyMap<string, number>) {
  const start = new Int32Array(nodes.length + 1);
  const seenBy = new Int32Array(nodes.length).fill(-1);
  const dependencies: number[] = [];
  nodes.forEach((node, index) => {
    for (const name of node.dependencies) {
      const dependency = typeof name === 'string' ? indexOf.get(name) : undefined;
      if (dependency === undefined || dependency === index || seenBy[dependency] === index) continue;
      seenBy[dependency] = index;
      dependencies.push(dependency);
    }
    start[index + 1] = dependencies.length;
  });
  return { start, dependencies: Int32Array.from(dependencies) };
}

/** The same links seen from the other end, each row by position. */
function reverse(start: Int32Array, targets: Int32Array) {
  const size = start.length - 1;
  const reversedStart = new Int32Array(size + 1);
  for (const target of targets) reversedStart[target + 1]!++;
  for (let index = 0; index < size; index++) reversedStart[index + 1]! += reversedStart[index]!;
  const next = reversedStart.slice(0, size);
  const reversed = new Int32Array(targets.length);
  for (let index = 0; index < size; index++) {
    for (let at = start[index]!; at < start[index + 1]!; at++) reversed[next[targets[at]!]!++] = index;
  }
  return { start: reversedStart, targets: reversed };
}

/** Links tasks by position. Linear in tasks and dependencies; a task's dependency on itself is left out. */
export function linkTasks(nodes: readonly GraphNode[]): Links {
  const indexOf = indexIds(nodes);
  const { start, dependencies } = linkDependencies(nodes, indexOf);
  const successors = reverse(start, dependencies);
  return {
    taskIds: nodes.map((node) => node.taskId),
    indexOf,
    dependencyStart: start,
    dependencies,
    successorStart: successors.start,
    successors: successors.targets,
  };
}

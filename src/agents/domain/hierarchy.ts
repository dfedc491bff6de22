import type { Agent } from './agent.js';

/** A shown hierarchy has at most this many agents … */
export const MAX_TREE_AGENTS = 1_000;
/** … on at most this many levels, the root's included. */
export const MAX_TREE_DEPTH = 100;

/** An agent as a node of the hierarchy, with the number of its direct children, shown or not. */
export interface AgentNode extends Pick<
  Agent,
  'id' | 'name' | 'status' | 'capabilities' | 'parentAgentId' | 'maxConcurrentTasks'
> {
  readonly childCount: number;
}

/** The hierarchy below an agent, nested. */
export interface AgentTree extends AgentNode {
  /** Levels below the root of this tree, which has 0. */
  readonly depth: number;
  /** Tasks of the agent that have not ended. */
  readonly liveTasks: number;
  readonly children: readonly AgentTree[];
}

/**
 * Whether moving an agent under a new parent would close a cycle.
 * `parentPath` holds the new parent and all its ancestors, in any order.
 */
export function wouldCloseCycle(agentId: string, parentPath: readonly string[]): boolean {
  return parentPath.includes(agentId);
}

/**
 * Nests nodes under the root, children by id. Nodes that cannot be reached from the root are left out, and so is
 * what lies deeper than `maxDepth` levels. null: the root is not among the nodes.
 */
export function nestTree(
  rootId: string,
  nodes: readonly AgentNode[],
  liveTasks: ReadonlyMap<string, number>,
  maxDepth = MAX_TREE_DEPTH,
): AgentTree | null {
  const byParent = Map.groupBy(nodes, (node) => node.parentAgentId);
  const root = nodes.find((node) => node.id === rootId);
  const nest = (node: AgentNode, depth: number): AgentTree => ({
    ...node,
    depth,
    liveTasks: liveTasks.get(node.id) ?? 0,
    children: (depth + 1 < maxDepth ? (byParent.get(node.id) ?? []) : [])
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map((child) => nest(child, depth + 1)),
  });
  return root === undefined ? null : nest(root, 0);
}

/** All agents of a tree, the root first. */
export function flattenTree(tree: AgentTree): AgentTree[] {
  return [tree, ...tree.children.flatMap(flattenTree)];
}

/** Whether some agent of the tree has children that the tree does not show. */
export function isTruncated(tree: AgentTree): boolean {
  return flattenTree(tree).some((node) => node.childCount > node.children.length);
}

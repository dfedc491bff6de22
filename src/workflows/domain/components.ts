import type { Links } from './links.js';

/** Strongly connected components: groups of tasks that wait for each other; most hold one task. */
export interface Components {
  /** Task positions grouped by component; a component comes after all components it depends on. */
  readonly members: Int32Array;
  /** Component c is `members[start[c]]` to `members[start[c + 1]]` (exclusive). */
  readonly start: Int32Array;
}

/** Tarjan's algorithm without recursion; linear. */
class Search {
  readonly members: Int32Array;
  readonly start: number[] = [0];
  private found = 0;
  private time = 0;
  private readonly links: Links;
  private readonly discovered: Int32Array;
  private readonly lowest: Int32Array;
  private readonly nextEdge: Int32Array;
  private readonly onStack: Uint8Array;
  private readonly stack: number[] = [];

  constructor(links: Links) {
    const size = links.taskIds.length;
    this.links = links;
    this.members = new Int32Array(size);
    this.discovered = new Int32Array(size).fill(-1);
    this.lowest = new Int32Array(size);
    this.nextEdge = links.dependencyStart.slice(0, size);
    this.onStack = new Uint8Array(size);
  }

  isNew(index: number): boolean {
    return this.discovered[index] === -1;
  }

  from(root: number): void {
    const path = [root];
    this.enter(root);
    for (let index = path.at(-1); index !== undefined; index = path.at(-1)) {
      const next = this.advance(index);
      if (next !== null) {
        this.enter(next);
        path.push(next);
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent !== undefined) this.lower(parent, this.lowest[index]!);
      if (this.lowest[index] === this.discovered[index]) this.close(index);
    }
  }

  private enter(index: number): void {
    this.discovered[index] = this.lowest[index] = this.time++;
    this.onStack[index] = 1;
    this.stack.push(index);
  }

  /** The next undiscovered dependency; null when all have been looked at. */
  private advance(index: number): number | null {
    while (this.nextEdge[index]! < this.links.dependencyStart[index + 1]!) {
      const dependency = this.links.dependencies[this.nextEdge[index]!++]!;
      if (this.isNew(dependency)) return dependency;
      if (this.onStack[dependency] === 1) this.lower(index, this.discovered[dependency]!);
    }
    return null;
  }

  private lower(index: number, value: number): void {
    if (value < this.lowest[index]!) this.lowest[index] = value;
  }

  private close(root: number): void {
    let member: number;
    do {
      member = this.stack.pop() as number;
      this.onStack[member] = 0;
      this.members[this.found++] = member;
    } while (member !== root);
    this.start.push(this.found);
  }
}

export function findComponents(links: Links): Components {
  const search = new Search(links);
  for (let index = 0; index < links.taskIds.length; index++) if (search.isNew(index)) search.from(index);
  return { members: search.members, start: Int32Array.from(search.start) };
}

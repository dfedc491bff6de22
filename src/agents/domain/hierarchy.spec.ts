import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type AgentNode, flattenTree, isTruncated, nestTree, wouldCloseCycle } from './hierarchy.js';

const node = (id: string, parentAgentId: string | null, childCount = 0): AgentNode => ({
  id,
  name: id.toUpperCase(),
  status: 'active',
  capabilities: [],
  parentAgentId,
  maxConcurrentTasks: null,
  childCount,
});
const NO_LOAD: ReadonlyMap<string, number> = new Map();

describe('moving', () => {
  // The way up from the new parent: c → b → a.
  it.each([
    ['a', true],
    ['b', true],
    ['c', true],
    ['x', false],
  ])('%s below c closes a cycle: %s', (id, expected) => {
    expect(wouldCloseCycle(id, ['c', 'b', 'a'])).toBe(expected);
  });

  it('in a random forest closes a cycle exactly when the new parent cannot be reached from a root any more', () => {
    // parents[i] < i, so that the forest has no cycle; -1 is a root.
    const forest = fc
      .array(fc.nat(), { minLength: 1, maxLength: 20 })
      .map((picks) => picks.map((pick, index) => (pick % (index + 1)) - 1));
    fc.assert(
      fc.property(forest, fc.nat(), fc.nat(), (parents, a, b) => {
        const [moved, target] = [a % parents.length, b % parents.length];
        const pathFrom = (start: number, of: readonly number[]): number[] => {
          const path: number[] = [];
          for (let at = start; at >= 0 && path.length <= of.length; at = of[at] as number) path.push(at);
          return path;
        };
        const after = parents.with(moved, target);
        const endless = pathFrom(target, after).length > after.length;
        expect(wouldCloseCycle(String(moved), pathFrom(target, parents).map(String))).toBe(endless);
      }),
    );
  });
});

describe('nesting', () => {
  const nodes = [node('c', 'a'), node('r', 'elsewhere', 2), node('b', 'r'), node('a', 'r', 1)];

  it('puts each agent below its parent, children by id, with depth and load', () => {
    const tree = nestTree('r', nodes, new Map([['c', 3]]));
    const shown = flattenTree(tree!).map((one) => [one.id, one.depth, one.liveTasks]);
    expect(shown).toEqual([
      ['r', 0, 0],
      ['a', 1, 0],
      ['c', 2, 3],
      ['b', 1, 0],
    ]);
    expect(isTruncated(tree!)).toBe(false);
  });

  it('is null when the root is missing', () => expect(nestTree('x', nodes, NO_LOAD)).toBeNull());

  it('leaves out what is deeper than the levels asked for and says so', () => {
    const tree = nestTree('r', nodes, NO_LOAD, 2);
    expect(flattenTree(tree!).map((one) => one.id)).toEqual(['r', 'a', 'b']);
    expect(isTruncated(tree!)).toBe(true);
  });

  it('says when a child is missing', () => {
    const tree = nestTree('r', [node('r', null, 2), node('a', 'r')], NO_LOAD);
    expect(isTruncated(tree!)).toBe(true);
  });
});

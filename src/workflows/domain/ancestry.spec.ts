import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findNonAncestors } from './ancestry.js';
import { findComponents } from './components.js';
import { linkTasks } from './links.js';

const linksOf = (edges: readonly (readonly number[])[]) =>
  linkTasks(edges.map((row, index) => ({ taskId: `t${index}`, dependencies: row.map((to) => `t${to}`) })));

function nonAncestors(edges: readonly (readonly number[])[], pairs: readonly (readonly [number, number])[]) {
  const links = linksOf(edges);
  const asked = pairs.map(([task, ancestor]) => ({ task, ancestor }));
  return findNonAncestors(links, findComponents(links), asked).map(({ task, ancestor }) => [task, ancestor]);
}

describe('ancestry', () => {
  it('holds for direct and transitive dependencies only', () => {
    // 0 <- 1 <- 2, and 3 alone
    const pairs = [
      [1, 0],
      [1, 2],
      [2, 0],
      [2, 2],
      [2, 3],
    ] as const;
    expect(nonAncestors([[], [0], [1], []], pairs)).toEqual([
      [1, 2],
      [2, 2],
      [2, 3],
    ]);
  });

  it('holds among tasks that wait for each other', () => {
    expect(nonAncestors([[2], [0], [1]], [[0, 1]])).toEqual([]);
  });

  it('is answered for more than 32 ancestors, the last included', () => {
    const chain = Array.from({ length: 100 }, (_, index) => (index === 0 ? [] : [index - 1]));
    const pairs = Array.from({ length: 100 }, (_, ancestor) => [60, ancestor] as const);
    expect(nonAncestors(chain, pairs)).toEqual(Array.from({ length: 40 }, (_, more) => [60, 60 + more]));
  });

  it('agrees with plain search on generated graphs, cycles included', () => {
    const graphs = fc
      .integer({ min: 1, max: 40 })
      .chain((size) =>
        fc.tuple(
          fc.array(fc.uniqueArray(fc.nat(size - 1), { maxLength: 3 }), { minLength: size, maxLength: size }),
          fc.constant(size),
        ),
      );
    fc.assert(
      fc.property(graphs, ([edges, size]) => {
        const all = Array.from(
          { length: size * size },
          (_, at) => [Math.floor(at / size), at % size] as const,
        );
        const pairs = all.filter(([task, ancestor]) => task !== ancestor);
        const expected = pairs.filter(([task, ancestor]) => {
          const reached = new Set(edges[task]);
          for (const index of reached) for (const next of edges[index] ?? []) reached.add(next);
          return !reached.has(ancestor);
        });
        expect(nonAncestors(edges, pairs)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});

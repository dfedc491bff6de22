import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalShape } from './canonical.js';
import { shapeKey } from './remembered-plan.js';

const link = (source: number, target: number) => ({ source, target });

describe('canonicalShape', () => {
  it('puts every task type after those it comes after, otherwise in the order given', () => {
    expect(canonicalShape({ taskTypes: ['c', 'a', 'b'], links: [link(1, 2), link(2, 0)] })).toEqual({
      taskTypes: ['a', 'b', 'c'],
      links: [link(0, 1), link(1, 2)],
    });
  });

  it.each([
    ['of no task', [link(0, 7), link(-1, 1), link(0.5, 1), link(NaN, 1)], []],
    ['to itself', [link(1, 1)], []],
    ['again', [link(0, 1), link(0, 1)], [link(0, 1)]],
    ['that would close a cycle', [link(0, 1), link(1, 0)], [link(0, 1)]],
  ])('leaves out a link %s', (_, links, kept) => {
    const { links: found } = canonicalShape({ taskTypes: ['a', 'b'], links });
    expect(found).toHaveLength(kept.length);
    expect(found.every(({ source, target }) => source < target)).toBe(true);
  });

  it('is the same made canonical again, and the same plan where there was no cycle', () => {
    const shape = fc
      .record({
        taskTypes: fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 6 }),
        links: fc.array(fc.record({ source: fc.nat(6), target: fc.nat(6) }), { maxLength: 10 }),
      })
      .map(({ taskTypes, links }) => ({
        taskTypes,
        links: links.filter(({ source, target }) => source < target && target < taskTypes.length),
      }));
    fc.assert(
      fc.property(shape, (given) => {
        const once = canonicalShape(given);
        expect(canonicalShape(once)).toEqual(once);
        const unique = [...new Map(given.links.map((one) => [`${one.source}>${one.target}`, one])).values()];
        expect(shapeKey(once)).toBe(shapeKey({ ...given, links: unique }));
      }),
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import { BaselineLinks, LinkHabits } from './link-habits.js';
import { chained, type PlanShape } from './remembered-plan.js';

const apart = (...taskTypes: string[]): PlanShape => ({ taskTypes, links: [] });
const times = (count: number, shape: PlanShape): PlanShape[] => Array<PlanShape>(count).fill(shape);
const habits = (...plans: PlanShape[]) => new LinkHabits(plans, { linkPrior: 4 });
const UNKNOWN = new BaselineLinks(apart());

describe('LinkHabits', () => {
  it('links what stands next to each other, as long as nobody told otherwise', () => {
    expect(habits().linked(['a', 'b', 'c'], UNKNOWN)).toEqual(chained(['a', 'b', 'c']));
    expect(habits().chance(['a', 'b'], { source: 0, target: 1 }, UNKNOWN)).toBeCloseTo(0.9);
  });

  it('counts with what was thought before as so many observations', () => {
    const taught = habits(...times(12, apart('a', 'b')));
    const usual = (0 + 10 * 0.9) / (12 + 10);
    expect(taught.chance(['a', 'b'], { source: 0, target: 1 }, UNKNOWN)).toBeCloseTo((4 * usual) / 16);
    expect(taught.linked(['a', 'b'], UNKNOWN).links).toEqual([]);
    expect(taught.chance(['x', 'y'], { source: 0, target: 1 }, UNKNOWN)).toBeCloseTo(usual);
  });

  it('learns links over what stands between', () => {
    const fork = {
      taskTypes: ['a', 'b', 'c'],
      links: [
        { source: 0, target: 1 },
        { source: 0, target: 2 },
      ],
    };
    expect(habits(...times(20, fork)).linked(['a', 'b', 'c'], UNKNOWN)).toEqual(fork);
  });

  it('goes by the plan without memory where plans say nothing', () => {
    const beside = new BaselineLinks(apart('a', 'b'));
    expect(habits().chance(['a', 'b'], { source: 0, target: 1 }, beside)).toBeCloseTo(0.5);
    const further = new BaselineLinks({ taskTypes: ['a', 'b', 'c'], links: [{ source: 0, target: 2 }] });
    expect(habits().chance(['a', 'b', 'c'], { source: 0, target: 2 }, further)).toBeCloseTo(0.4);
  });

  it('finds a plan the likelier the more it is linked as usual', () => {
    const taught = habits(...times(30, chained(['a', 'b', 'c'])));
    const of = (shape: PlanShape) => taught.likelihood(shape, UNKNOWN);
    expect(of(chained(['a', 'b', 'c']))).toBeGreaterThan(
      of({ ...apart('a', 'b', 'c'), links: [{ source: 0, target: 1 }] }),
    );
    expect(of({ ...apart('a', 'b', 'c'), links: [{ source: 0, target: 1 }] })).toBeGreaterThan(
      of(apart('a', 'b', 'c')),
    );
    expect([of(apart('a')), of(apart())]).toEqual([0, 0]);
  });
});

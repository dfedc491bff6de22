import { describe, expect, it } from '@jest/globals';
import { keptPlans, MAX_PLANS, MAX_PLANS_OF_ONE, MAX_TASKS } from './kept.js';
import type { RememberedPlan } from './remembered-plan.js';

const plan = (id: number, fields: Partial<RememberedPlan> = {}): RememberedPlan => ({
  ...{ id: String(id).padStart(8, '0'), request: 'do it', steps: [], taskTypes: ['a'], links: [] },
  ...{ isAccepted: true, author: null, ...fields },
});
const many = (count: number, fields: Partial<RememberedPlan> = {}) =>
  Array.from({ length: count }, (_, at) => plan(at, fields));
const idsOf = (plans: readonly RememberedPlan[]) => plans.map(({ id }) => Number(id));
const always = () => true;

describe('keptPlans', () => {
  it('keeps them oldest first, whatever their order, each once', () => {
    expect(idsOf(keptPlans([plan(2), plan(1), plan(3), plan(1)], always))).toEqual([1, 2, 3]);
  });

  it('keeps the newest', () => {
    const kept = idsOf(keptPlans(many(MAX_PLANS + 2), always));
    expect([kept.length, kept[0], kept.at(-1)]).toEqual([MAX_PLANS, 2, MAX_PLANS + 1]);
  });

  it('keeps the newest of one author, and not too many', () => {
    const kept = idsOf(
      keptPlans([...many(MAX_PLANS_OF_ONE + 5, { author: 'ada' }), plan(0, { author: 'bob' })], always),
    );
    expect([kept.length, kept[0]]).toEqual([MAX_PLANS_OF_ONE + 1, 0]);
    expect(kept[1]).toBe(5);
  });

  it.each([
    ['without tasks', []],
    ['with a task type that is gone', ['a', 'gone']],
    ['of very many tasks', Array<string>(MAX_TASKS + 1).fill('a')],
  ])('drops a plan %s', (_, taskTypes) => {
    expect(keptPlans([plan(1, { taskTypes })], (name) => name === 'a')).toEqual([]);
  });

  it('keeps canonical order, and steps of task types there are', () => {
    const steps = ['a', 'gone'].map((taskType) => ({ text: 'do', taskType }));
    const links = [{ source: 1, target: 0 }];
    expect(
      keptPlans([plan(1, { taskTypes: ['a', 'b'], links, steps })], (name) => name !== 'gone'),
    ).toMatchObject([
      { taskTypes: ['b', 'a'], links: [{ source: 0, target: 1 }], steps: [{ taskType: 'a' }] },
    ]);
  });
});

import { describe, expect, it } from '@jest/globals';
import type { Sketch, SketchStep } from '../../rules/domain/sketch.js';
import { baselineOf, sketchOf } from './baseline-of.js';
import { chained } from './remembered-plan.js';

const step = (
  clause: string,
  taskType: string | null,
  after: number[] = [],
  fits: string[] = [],
): SketchStep => ({
  ...{ clause, taskType, after, literals: [], isInserted: false, condition: null },
  candidates: fits.map((name, at) => ({ taskType: name, score: 10 - at, because: [] })),
});
const sketch = (...steps: SketchStep[]): Sketch => ({ steps, leftOut: [] });
const told = ({ steps }: Sketch) =>
  steps.map(({ clause, taskType, after }) => [clause, taskType, ...after].join(' '));

describe('baselineOf', () => {
  it('takes what nothing does for no task: what comes after it comes after what was before', () => {
    const steps = [step('one', 'a'), step('two', null, [0]), step('three', 'b', [1]), step('four', 'c', [1])];
    expect(baselineOf(sketch(...steps))).toMatchObject({
      taskTypes: ['a', 'b', 'c'],
      links: [
        { source: 0, target: 1 },
        { source: 0, target: 2 },
      ],
    });
  });

  it('has the words of all clauses, of what was put in none', () => {
    const put = { ...step('put in', 'b'), isInserted: true };
    const { clauses, taskTypes } = baselineOf(
      sketch(put, step('one', 'a', [0], ['a', 'b']), step('two', null)),
    );
    expect(taskTypes).toEqual(['b', 'a']);
    expect(clauses.map(({ text, candidates }) => [text, candidates.length])).toEqual([
      ['one', 2],
      ['two', 0],
    ]);
  });
});

describe('sketchOf', () => {
  it('gives every task type the step that speaks for it, in the order of the plan', () => {
    const own = sketch(step('write', 'b'), step('read', 'a', [0]));
    expect(told(sketchOf(chained(['a', 'b']), own, 'read and write'))).toEqual(['read a', 'write b 0']);
  });

  it('prefers the own step, then the one whose words fit best', () => {
    const own = sketch(
      step('one', 'x', [], ['x', 'a']),
      step('two', 'y', [], ['a', 'y']),
      step('three', 'b'),
    );
    expect(told(sketchOf(chained(['b', 'a']), own, ''))).toEqual(['three b', 'two a 0']);
  });

  it('gives task types that no step speaks for what nothing else does, which then is done', () => {
    const own = sketch(step('zorble x', null), step('frob y', null, [0]), step('read', 'a', [1]));
    const made = sketchOf(chained(['b', 'c', 'a']), own, 'all');
    expect(told(made)).toEqual(['zorble x b', 'frob y c 0', 'read a 1']);
    expect(made.steps.map(({ isInserted }) => isInserted)).toEqual([true, true, false]);
    expect(made.steps[0]?.candidates).toEqual([
      { taskType: 'b', score: 1, because: ['plans approved before'] },
    ]);
  });

  it('lets several share one clause, and the request where there is none', () => {
    expect(told(sketchOf(chained(['b', 'c']), sketch(step('mirror x to y', null)), 'all'))).toEqual([
      'mirror x to y b',
      'mirror x to y c 0',
    ]);
    expect(told(sketchOf(chained(['b']), sketch(step('read', 'a')), 'all of it'))).toEqual(['all of it b']);
  });

  it('leaves nothing out that was asked for and that no task type took', () => {
    const own = sketch(step('read', 'a'), step('frob', null, [0]), step('zorble', null, [1]));
    expect(told(sketchOf(chained(['a', 'b']), own, ''))).toEqual(['read a', 'frob b 0', 'zorble  1']);
  });

  it('drops links that go backwards', () => {
    const links = [{ source: 1, target: 0 }];
    const made = sketchOf({ taskTypes: ['a', 'b'], links }, sketch(step('one', 'a'), step('two', 'b')), '');
    expect(told(made)).toEqual(['one a', 'two b']);
  });
});

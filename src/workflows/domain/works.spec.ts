import { describe, expect, it } from '@jest/globals';
import { aTask } from '../../../test/factories/definition.factory.js';
import { typesOf, worksOfAll } from './works.js';

const work = (taskType: string) => ({ taskType, parameters: {} });

describe('the works of tasks', () => {
  it('are each task, its alternatives in order, its compensation', () => {
    const task = aTask({ alternatives: [work('b.b'), work('a.a')], compensation: work('c.c') });
    const works = worksOfAll([task, aTask({ taskType: 'test.other' })]);
    expect(works.map(({ taskType }) => taskType)).toEqual(['test.any', 'b.b', 'a.a', 'c.c', 'test.other']);
  });

  it('are the tasks themselves where there is nothing else', () => {
    const tasks = [aTask(), aTask()];
    expect(worksOfAll(tasks)).toBe(tasks);
  });
});

describe('the types of a task', () => {
  it.each<[string, Parameters<typeof aTask>[0], string[]]>([
    ['are its own only, without anything else', {}, ['test.any']],
    ['are its own only, if the others have it too', { alternatives: [work('test.any')] }, ['test.any']],
    [
      'are its own, then the others by name, each once',
      { alternatives: [work('z.z'), work('b.b'), work('test.any'), work('b.b')], compensation: work('c.c') },
      ['test.any', 'b.b', 'c.c', 'z.z'],
    ],
  ])('%s', (_, overrides, expected) => expect(typesOf(aTask(overrides))).toEqual(expected));
});

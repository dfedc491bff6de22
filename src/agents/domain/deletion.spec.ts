import { describe, expect, it } from '@jest/globals';
import { reasonsAgainstDelete } from './deletion.js';

describe('reasonsAgainstDelete', () => {
  it.each([
    [{ children: 0, workflows: 0, liveTasks: 0 }, []],
    [{ children: 1, workflows: 0, liveTasks: 0 }, ['1 child agent']],
    [{ children: 0, workflows: 1, liveTasks: 0 }, ['1 workflow it owns']],
    [{ children: 0, workflows: 0, liveTasks: 1 }, ['1 live task']],
    [{ children: 2, workflows: 3, liveTasks: 4 }, ['2 child agents', '3 workflows it owns', '4 live tasks']],
  ])('%j: %j', (dependents, expected) => expect(reasonsAgainstDelete(dependents)).toEqual(expected));
});

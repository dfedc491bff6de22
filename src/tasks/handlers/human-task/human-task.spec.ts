import { describe, expect, it } from '@jest/globals';
import { HumanTask } from './human-task.task.js';

describe('human.task', () => {
  it('waits for a person with what they are asked and what their answer has to be', async () => {
    const asked = { question: 'Count them.', details: [1], answerSchema: { type: 'number' } };
    await expect(new HumanTask().execute(asked)).resolves.toEqual({
      kind: 'waitForPerson',
      form: 'task',
      ...asked,
    });
  });

  it('leaves out what was not said', async () => {
    await expect(new HumanTask().execute({ question: 'Count them.' })).resolves.toStrictEqual({
      kind: 'waitForPerson',
      form: 'task',
      question: 'Count them.',
    });
  });
});

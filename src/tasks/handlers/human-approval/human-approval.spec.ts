import { describe, expect, it } from '@jest/globals';
import { HumanApprovalTask } from './human-approval.task.js';

describe('human.approval', () => {
  it('waits for a person with the question and the details', async () => {
    await expect(
      new HumanApprovalTask().execute({ question: 'Pay?', details: { eur: 12 } }),
    ).resolves.toEqual({
      kind: 'waitForPerson',
      form: 'approval',
      question: 'Pay?',
      details: { eur: 12 },
    });
  });

  it('leaves details out where there are none', async () => {
    await expect(new HumanApprovalTask().execute({ question: 'Pay?' })).resolves.toStrictEqual({
      kind: 'waitForPerson',
      form: 'approval',
      question: 'Pay?',
    });
  });
});

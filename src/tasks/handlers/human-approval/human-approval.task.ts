import { z } from 'zod';
import type { JsonValue } from '../../../common/json.js';
import type { TaskOutcome } from '../../domain/task-outcome.js';
import type { TaskHandler } from '../../domain/task-type.js';
import { TaskType } from '../../task-type.decorator.js';

const parameters = z.strictObject({
  question: z
    .string()
    .min(1)
    .max(2000)
    .meta({ description: 'What the person is asked; may hold references.' }),
  details: z.unknown().optional().meta({ description: 'What they should know to decide: any JSON.' }),
});

const result = z.strictObject({
  approved: z
    .boolean()
    .meta({ description: 'Always true: a rejection fails the task with the code `rejected`.' }),
  by: z.string().meta({ description: 'Who approved.' }),
  comment: z.string().nullable().meta({ description: 'What they remarked, null when nothing.' }),
});

@TaskType({
  name: 'human.approval',
  description:
    'Asks a person to approve or reject, in the inbox of waiting tasks. Waiting holds no worker and survives restarts. ' +
    'A rejection fails the task as `rejected`; `timeoutSeconds` of the task is its expiry.',
  parameters,
  result,
  effects: () => 'none',
  planning: {
    synonyms: ['approval', 'confirm', 'confirmation', 'permission', 'sign off', 'agree'],
    verbRequired: true,
    parameters: { question: { clause: true } },
    yields: [],
  },
  examples: [
    {
      title: 'Approve a payment',
      parameters: { question: 'Pay invoice 4711?', details: { supplier: 'Acme', amountEur: 1200 } },
    },
  ],
})
export class HumanApprovalTask implements TaskHandler<z.output<typeof parameters>, z.output<typeof result>> {
  execute({ question, details }: z.output<typeof parameters>): Promise<TaskOutcome<z.output<typeof result>>> {
    return Promise.resolve({
      kind: 'waitForPerson',
      form: 'approval',
      question,
      ...(details === undefined ? {} : { details: details as JsonValue }),
    });
  }
}

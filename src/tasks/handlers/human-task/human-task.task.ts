import { z } from 'zod';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../common/json.js';
import type { TaskOutcome } from '../../domain/task-outcome.js';
import type { TaskHandler } from '../../domain/task-type.js';
import { checkSchema } from '../../json-schema/check-schema.js';
import { TaskType } from '../../task-type.decorator.js';

const parameters = z.strictObject({
  question: z
    .string()
    .min(1)
    .max(2000)
    .meta({ description: 'What the person shall do; may hold references.' }),
  details: z.unknown().optional().meta({ description: 'What they should know: any JSON.' }),
  answerSchema: z.unknown().refine(isJsonObject, 'must be a JSON Schema').optional().meta({
    type: 'object',
    description: 'JSON Schema their answer has to fit; absent: any JSON.',
    'x-literal': true,
  }),
});

const result = z.strictObject({
  answer: z.unknown().meta({ description: 'What the person answered.' }),
  by: z.string().meta({ description: 'Who answered.' }),
});

@TaskType({
  name: 'human.task',
  description:
    'Asks a person to do something and to answer, in the inbox of waiting tasks. Waiting holds no worker and survives ' +
    'restarts. `timeoutSeconds` of the task is its expiry.',
  parameters,
  result,
  effects: () => 'none',
  check: { answerSchema: checkSchema },
  planning: {
    synonyms: ['ask', 'person', 'somebody', 'someone', 'manually', 'by hand'],
    verbRequired: true,
    parameters: { question: { clause: true } },
    yields: [{ field: 'answer' }],
  },
  examples: [
    {
      title: 'Enter an invoice by hand',
      parameters: {
        question: 'Enter this invoice into the ledger and tell its number.',
        details: { supplier: 'Acme', amountEur: 1200 },
        answerSchema: {
          type: 'object',
          properties: { invoiceNumber: { type: 'string' } },
          required: ['invoiceNumber'],
        },
      },
    },
  ],
})
export class HumanTask implements TaskHandler<z.output<typeof parameters>, z.output<typeof result>> {
  execute(asked: z.output<typeof parameters>): Promise<TaskOutcome<z.output<typeof result>>> {
    const { question, details, answerSchema } = asked;
    return Promise.resolve({
      kind: 'waitForPerson',
      form: 'task',
      question,
      ...(details === undefined ? {} : { details: details as JsonValue }),
      ...(answerSchema === undefined ? {} : { answerSchema: answerSchema as JsonObject }),
    });
  }
}

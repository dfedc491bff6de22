import { z } from 'zod';
import { EFFECTS } from './domain/effect.js';

const jsonSchema = z.record(z.string(), z.unknown());

const historySchema = z
  .object({
    count: z.int().meta({ description: 'Executions that have ended.' }),
    p50Seconds: z.number().meta({ description: 'Half of them took at most this long.' }),
    p95Seconds: z.number().meta({ description: '95 of 100 took at most this long.' }),
    failureRate: z.number().min(0).max(1).meta({ description: 'Share that failed, 0 to 1.' }),
  })
  .meta({ id: 'TaskTypeHistory' });

export const taskTypeSchema = z
  .object({
    name: z
      .string()
      .meta({ description: 'The name in definitions and in capabilities.', example: 'http.request' }),
    description: z.string(),
    parametersSchema: jsonSchema.meta({ description: 'JSON Schema (2020-12) of `parameters`.' }),
    resultSchema: jsonSchema.meta({ description: 'JSON Schema (2020-12) of the result.' }),
    effects: z.array(z.enum(EFFECTS)).meta({
      description:
        'What an execution may do to the outside world; which of these it is depends on its parameters.',
    }),
    availability: z
      .object({
        available: z.boolean(),
        reason: z.string().optional().meta({ description: 'What to switch on, when it is not available.' }),
      })
      .meta({ description: 'Whether the type can be used in this deployment.' }),
    adjustableParameters: z.array(z.string()).meta({ description: 'Parameters that a recovery may change.' }),
    examples: z.array(z.object({ title: z.string(), parameters: z.unknown() })).meta({
      description: 'Parameters that work as they stand.',
    }),
    history: historySchema
      .nullable()
      .meta({ description: 'How executions went so far; null before the first.' }),
  })
  .meta({ id: 'TaskType' });
export type TaskTypeView = z.output<typeof taskTypeSchema>;

export const taskTypeListSchema = z
  .object({
    items: z.array(taskTypeSchema),
    nextCursor: z.null().meta({ description: 'Always null: the list is complete.' }),
  })
  .meta({ id: 'TaskTypeList' });
export type TaskTypeList = z.output<typeof taskTypeListSchema>;

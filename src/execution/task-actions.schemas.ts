import { z } from 'zod';
import { SAMPLE_AGENT_ID } from '../agents/agents.schemas.js';
import { RESOLUTIONS } from './domain/run-input.js';
import { startTaskSchema } from './runs.schemas.js';

const by = z.string().min(1).max(200).optional().meta({ description: 'Who asks; default: the caller.' });
const json = z.unknown();

export const byWhomSchema = z
  .strictObject({ by })
  .default({})
  .meta({ id: 'ByWhom', description: 'Who asks for it.', example: {} });
export type ByWhom = z.output<typeof byWhomSchema>;

export const completionSchema = z
  .strictObject({
    answer: json.meta({ description: 'Any JSON; must fit the `answerSchema` of the task, if it has one.' }),
    by,
  })
  .meta({
    id: 'Completion',
    description: 'What a person did about a `human.task`.',
    example: { answer: { invoiceNumber: 'R-2026-17' }, by: 'ada' },
  });
export type Completion = z.output<typeof completionSchema>;

export const resolutionSchema = z
  .strictObject({
    outcome: z.enum(RESOLUTIONS).meta({
      description:
        '`succeeded`: it had its effect, with this `result`; `failed`: it had none and is not tried again; `retry`: it had none, try again.',
    }),
    result: json.optional().meta({
      description:
        'Of `succeeded`, else ignored: all that the task type would have answered, as `GET /task-types/{type}` says.',
    }),
    comment: z.string().max(4_000).optional(),
    by,
  })
  .meta({
    id: 'Resolution',
    description: 'What became of an attempt nobody knew the outcome of.',
    example: { outcome: 'retry', comment: 'The payment is not on the statement.', by: 'ada' },
  });
export type ResolutionBody = z.output<typeof resolutionSchema>;

export const delegationSchema = z
  .strictObject({ toAgentId: z.uuid().meta({ example: SAMPLE_AGENT_ID }), by })
  .meta({
    id: 'Delegation',
    description: 'The agent that goes on with the task.',
    example: { toAgentId: SAMPLE_AGENT_ID },
  });
export type Delegation = z.output<typeof delegationSchema>;

export const spawnTaskSchema = startTaskSchema
  .extend({
    optional: z.boolean().optional().meta({ description: 'Its failure does not fail the run.' }),
    agentId: z.uuid().optional().meta({ description: 'Absent: the most capable agent of the owner.' }),
    by,
  })
  .meta({
    id: 'SpawnTask',
    description: 'A task below another one.',
    example: { taskType: 'text.render', parameters: { template: 'Part one.' } },
  });
export type SpawnTask = z.output<typeof spawnTaskSchema>;

export const spawnedTaskSchema = z
  .object({ id: z.uuid(), parentTaskId: z.uuid(), runId: z.uuid() })
  .meta({ id: 'SpawnedTask', description: 'Where the new task will be, once its run has taken it up.' });
export type SpawnedTask = z.output<typeof spawnedTaskSchema>;

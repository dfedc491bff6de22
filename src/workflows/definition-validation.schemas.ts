import { z } from 'zod';
import { EFFECTS } from '../tasks/domain/effect.js';

export const validateQuerySchema = z.strictObject({
  ownerAgentId: z.uuid().optional().meta({
    description:
      'Also check that this agent, or one below it, can execute each task, its alternatives and its compensation.',
  }),
});
export type ValidateQuery = z.output<typeof validateQuerySchema>;

const usd = z.string().meta({ description: 'USD, decimal.', example: '0.000000000' });
const seconds = z.number().min(0);

export const quoteSchema = z
  .object({
    tasks: z.int(),
    edges: z.int().meta({ description: 'Distinct dependencies.' }),
    depth: z.int().meta({ description: 'Tasks on the longest path.' }),
    width: z.int().meta({ description: 'Tasks on the largest level.' }),
    criticalPath: z.array(z.string()).meta({ description: 'taskIds that decide the duration, in order.' }),
    criticalPathSeconds: seconds.meta({
      description: "From the estimates; a task without one counts its type's median, else 1.",
    }),
    serialSeconds: seconds.meta({ description: 'All tasks one after the other, counted likewise.' }),
    durationSeconds: z
      .object({ p50: seconds, p95: seconds })
      .meta({ description: 'By what tasks of these types took before, where there is any.' }),
    effects: z.array(z.enum(EFFECTS)).meta({
      description: 'What the tasks, their alternatives and their compensations can do to the outside world.',
    }),
    cost: z
      .object({ maximumUsd: usd, assistanceLimitUsd: usd })
      .meta({ description: 'What model calls can cost at most.' }),
  })
  .meta({
    id: 'Quote',
    description:
      'What a definition will take. Durations are those of the tasks as they stand, without alternatives and compensations.',
  });
export type QuoteView = z.output<typeof quoteSchema>;

export const issueSchema = z
  .object({
    code: z.string().meta({ example: 'unknown_dependency' }),
    pointer: z.string().meta({ description: 'JSON pointer (RFC 6901).', example: '/tasks/1/dependencies/0' }),
    message: z.string(),
    severity: z.enum(['error', 'warning']),
    allowed: z.array(z.string()).optional().meta({ description: 'What would have been accepted.' }),
  })
  .meta({ id: 'DefinitionIssue', description: 'One thing that is wrong with a definition.' });

export const validationSchema = z
  .object({
    valid: z.boolean(),
    issues: z.array(issueSchema),
    quote: quoteSchema.nullable().meta({ description: 'null when the graph is broken.' }),
  })
  .meta({ id: 'DefinitionValidation', description: 'All issues of a definition and what it will take.' });
export type ValidationView = z.output<typeof validationSchema>;

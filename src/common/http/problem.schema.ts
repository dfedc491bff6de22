import { z } from 'zod';
import { PROBLEM_COMPONENT } from './problem-media.js';

/** One thing that is wrong with the request. */
const problemErrorSchema = z.object({
  pointer: z
    .string()
    .meta({ description: 'RFC 6901 pointer into the body, or `/<name>` of a query parameter.' }),
  code: z.string(),
  message: z.string(),
  severity: z.enum(['error', 'warning']).optional(),
  allowed: z.array(z.string()).optional().meta({ description: 'The values that would have been accepted.' }),
});

/** RFC 9457 problem: the body of every answer that is not a success. */
export const problemSchema = z
  .object({
    type: z
      .string()
      .meta({ description: 'Stable name of the kind of problem; docs/errors.md has its section.' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: 'What was wrong, with which value, and what to do.' }),
    instance: z.string().meta({ description: 'Path of the request; empty when it cannot be read.' }),
    code: z.string().meta({ description: 'Stable, snake_case, for programs.' }),
    requestId: z.string().meta({ description: 'Also in the header X-Request-Id and in the log.' }),
    errors: z.array(problemErrorSchema),
  })
  .meta({
    id: PROBLEM_COMPONENT,
    examples: [
      {
        type: 'urn:tandem:problem:agent_not_found',
        title: 'Not found',
        status: 404,
        detail: 'There is no agent with the id "0198b8f0-0000-7000-8000-000000000000".',
        instance: '/api/v1/agents/0198b8f0-0000-7000-8000-000000000000',
        code: 'agent_not_found',
        requestId: '0198b8f0-7c1e-7a52-9d1b-6c1f3f0a2b11',
        errors: [],
      },
    ],
  });
export type Problem = z.infer<typeof problemSchema>;

export const problemType = (code: string): string => `urn:tandem:problem:${code}`;

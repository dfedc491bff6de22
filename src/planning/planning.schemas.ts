import { z } from 'zod';
import { planConstraintsSchema } from '../workflows/plan-constraints.schema.js';

/** A request is a few sentences; more is a document. */
const MAX_REQUEST = 20_000;

export const createPlanSchema = z
  .strictObject({
    request: z
      .string()
      .max(MAX_REQUEST)
      .regex(/\S/, 'must not be blank')
      .meta({ description: 'What shall be done, in plain words.' }),
    constraints: planConstraintsSchema.default({}),
    planner: z.string().max(64).optional().meta({
      description:
        'Who plans: `rules`, `model` or another planner of this deployment. Default: a model where that is allowed, else the rules.',
    }),
  })
  .meta({
    id: 'CreatePlan',
    description: 'A sentence to make a plan of.',
    example: {
      request: 'Read package-lock.json, count the packages per licence, then write the result to counts.json',
    },
  });
export type CreatePlan = z.output<typeof createPlanSchema>;

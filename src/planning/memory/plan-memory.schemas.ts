import { z } from 'zod';

const share = z.number().min(0).max(1);

export const planMemorySchema = z
  .object({
    enabled: z.boolean().meta({ description: 'Whether the feature plan_memory is on.' }),
    size: z.int().meta({ description: 'Plans that are remembered, good and bad.', example: 812 }),
    accepted: z.int().meta({ description: 'Of these, the good ones.', example: 790 }),
    threshold: share.nullable().meta({
      description:
        'From this confidence on a plan of memory is used without asking a model; null: too few plans to be sure.',
      example: 0.88,
    }),
    calibration: z.object({ coverage: share, precision: share }).meta({
      description:
        'On plans held back: the share of requests above the threshold, and of these the right ones.',
    }),
    use: z
      .object({
        planned: z.int().meta({ description: 'Drafts made without asking a model.' }),
        approved: z.int(),
        rejected: z.int(),
        precision: share.nullable().meta({ description: 'Approved of those decided; null: none yet.' }),
      })
      .meta({ description: 'How plans turned out that memory was sure of.' }),
  })
  .meta({
    id: 'PlanMemory',
    description: 'What approved plans have taught, and how sure of it the planner is.',
  });
export type PlanMemoryView = z.output<typeof planMemorySchema>;

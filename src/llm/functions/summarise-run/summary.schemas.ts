import { z } from 'zod';

/** What happened to one task of a run, in a few facts. */
const taskFacts = z.object({
  taskId: z.string(),
  taskType: z.string(),
  status: z.string(),
  attempts: z.int(),
  error: z.string().nullable(),
});

/** The facts a summary is made of; long runs are cut to the tasks that matter most. */
export const runFactsSchema = z.object({
  status: z.string(),
  reason: z.string().nullable(),
  durationSeconds: z.number().nullable(),
  tasksByStatus: z.record(z.string(), z.int()),
  /** Events that say more than that a task started or ended, by type. */
  notable: z.record(z.string(), z.int()),
  tasks: z.array(taskFacts),
  /** Tasks that are not among `tasks`. */
  otherTasks: z.int(),
});
export type RunFacts = z.output<typeof runFactsSchema>;

/** Of a summary. */
export const MAX_CHARACTERS = 1_500;

export const summarySchema = z.strictObject({
  summary: z.string().min(20).max(MAX_CHARACTERS).meta({
    description: 'One paragraph, plain text: how the run ended, what failed and what was done about it.',
  }),
});
export type Summary = z.output<typeof summarySchema>;

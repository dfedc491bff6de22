import { z } from 'zod';

const task = z.object({
  taskId: z.string(),
  taskType: z.string(),
  parameters: z.record(z.string(), z.unknown()),
  dependencies: z.array(z.string()),
  when: z.object({ value: z.string() }).catchall(z.unknown()).optional(),
});
export type PlannedTask = z.output<typeof task>;

/** What the example reads of a plan. */
export const planSchema = z.object({
  id: z.uuid(),
  version: z.int(),
  origin: z.string(),
  source: z.string(),
  reason: z.string(),
  contentHash: z.string(),
  costUsd: z.string(),
  definition: z.object({ tasks: z.array(task) }),
  diagnostics: z.array(
    z.object({ code: z.string(), severity: z.string(), pointer: z.string(), message: z.string() }),
  ),
  quote: z.object({
    tasks: z.int(),
    depth: z.int(),
    width: z.int(),
    durationSeconds: z.object({ p50: z.number(), p95: z.number() }),
    effects: z.array(z.string()),
    cost: z.object({ maximumUsd: z.string() }),
  }),
});
export type ShownPlan = z.output<typeof planSchema>;

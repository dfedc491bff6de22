import { z } from 'zod';
import type { SubTask } from '../../../tasks/domain/task-type.js';
import type { JsonObject } from '../../../common/json.js';

/** Parts of parts of parts, no deeper. */
export const MAX_DEPTH = 3;
export const MAX_SUB_TASKS = 20;

const parameters = z.record(z.string(), z.unknown()) as unknown as z.ZodType<JsonObject>;

/** A task to be split, and what its parts may be. */
export const decompositionQuestionSchema = z.object({
  task: z.object({ taskType: z.string(), description: z.string(), parameters }),
  /** Task types a model is shown, by name. */
  shown: z.array(z.string()),
  maxSubTasks: z.int().min(1).max(MAX_SUB_TASKS),
  /** How often what it is a part of was split already. */
  depth: z.int().min(0),
});
export type DecompositionQuestion = z.output<typeof decompositionQuestionSchema>;

const subTask: z.ZodType<SubTask> = z.object({
  taskId: z.string(),
  taskType: z.string(),
  description: z.string(),
  parameters,
  dependencies: z.array(z.string()),
});

export const decompositionSchema = z.object({
  /** It stays one task. */
  isAtomic: z.boolean(),
  reason: z.string(),
  subTasks: z.array(subTask),
});
export type Decomposition = z.output<typeof decompositionSchema>;

import { z } from 'zod';
import { EXECUTION_MODES, INTELLIGENCE_LEVELS } from '../../../common/intelligence.js';
import type { JsonObject, JsonValue } from '../../../common/json.js';
import { TASK_STATUSES } from '../../../execution/domain/status.js';
import { definitionSchema } from '../../../workflows/domain/definition.js';
import { ADAPTATION_ACTIONS } from '../../domain/adaptation/adaptation.js';

const json = z.json() as unknown as z.ZodType<JsonValue>;
const jsonObject = z.record(z.string(), z.unknown()) as unknown as z.ZodType<JsonObject>;

/** A run as it stands, and what its rest has to cope with. */
export const adaptationQuestionSchema = z.object({
  scenario: z.literal('adaptation'),
  intelligenceLevel: z.enum(INTELLIGENCE_LEVELS),
  executionMode: z.enum(EXECUTION_MODES),
  assisted: z.boolean(),
  /** What the workflow is for. */
  goal: z.string(),
  conditions: z.object({
    agentsGone: z.array(z.string()),
    taskTypesDisabled: z.array(z.string()),
    deadlineSeconds: z.number().nullable(),
    budgetUsd: z.string().nullable(),
    other: json,
  }),
  definition: definitionSchema,
  /** By position in the definition. */
  places: z.array(
    z.object({
      status: z.enum(TASK_STATUSES),
      agentId: z.string().nullable(),
      seconds: z.number(),
      costUsd: z.string(),
    }),
  ),
  agents: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      capabilities: z.array(z.string()),
      isActive: z.boolean(),
      maxConcurrentTasks: z.int().nullable(),
    }),
  ),
});
export type AdaptationQuestion = z.output<typeof adaptationQuestionSchema>;

const changeSchema = z.object({
  action: z.enum(ADAPTATION_ACTIONS),
  taskId: z.string(),
  toAgentId: z.string().nullable(),
  dependencies: z.array(z.string()),
  priority: z.int().min(0).max(9).nullable(),
  before: z.array(z.string()),
  taskType: z.string().nullable(),
  parameters: jsonObject,
  why: z.string(),
});

export const adaptationSchema = z.object({ changes: z.array(changeSchema), reason: z.string().max(2_000) });

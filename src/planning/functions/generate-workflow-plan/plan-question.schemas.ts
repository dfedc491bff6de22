import { z } from 'zod';
import type { PlanDiagnostic } from '../../../workflows/domain/plan.js';
import { planConstraintsSchema } from '../../../workflows/plan-constraints.schema.js';

/** What the planner asks: a request, the task types by name, who may execute. */
export const planQuestionSchema = z.object({
  request: z.string(),
  constraints: planConstraintsSchema,
  workflowId: z.string(),
  /** Those a model is shown: all, or the ones most likely needed. */
  shown: z.array(z.string()),
  /** Those the rules plan with. */
  available: z.array(z.string()),
  agents: z.array(z.object({ id: z.string(), name: z.string(), capabilities: z.array(z.string()) })),
  /** Plan memory knows a plan for it well enough. */
  isKnown: z.boolean(),
});
export type PlanQuestion = z.output<typeof planQuestionSchema>;

const diagnostic: z.ZodType<PlanDiagnostic> = z.object({
  code: z.string(),
  severity: z.enum(['info', 'warning']),
  pointer: z.string(),
  message: z.string(),
});
const confidence = z.number().min(0).max(1).nullable();

/** A plan whose definition is not checked yet. */
export const planAnswerSchema = z.object({
  description: z.string(),
  definition: z.unknown(),
  confidence,
  alternatives: z.array(z.object({ definition: z.unknown(), confidence })),
  diagnostics: z.array(diagnostic),
});
export type PlanAnswer = z.output<typeof planAnswerSchema>;

import { z } from 'zod';
import { INTELLIGENCE_LEVELS } from '../../../common/intelligence.js';
import type { JsonValue } from '../../../common/json.js';

const json = z.json() as unknown as z.ZodType<JsonValue>;

export const decisionQuestionSchema = z.object({
  intelligenceLevel: z.enum(INTELLIGENCE_LEVELS),
  /** null: there is no run. */
  assisted: z.boolean().nullable(),
  options: z
    .array(
      z.object({
        id: z.string(),
        description: z.string().optional(),
        attributes: z.record(z.string(), json).optional(),
      }),
    )
    .min(1),
  criteria: z.array(
    z.object({ name: z.string(), weight: z.number(), direction: z.enum(['maximize', 'minimize']) }),
  ),
  /** null: nothing more is known. */
  context: json,
});
export type DecisionQuestion = z.output<typeof decisionQuestionSchema>;

export const decisionOutputSchema = z.object({
  chosen: z.string(),
  scores: z.array(
    z.object({ optionId: z.string(), total: z.number(), byCriterion: z.record(z.string(), z.number()) }),
  ),
  reason: z.string(),
});

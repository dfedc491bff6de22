import { z } from 'zod';
import { findUnstorable } from '../common/storable.js';
import { PLAN_ORIGINS, PLAN_SOURCES } from '../workflows/domain/plan.js';
import type { Proposal } from './planner.js';

const MAX_ALTERNATIVES = 2;
/** As long as a request may be: a planner may just repeat it. */
const MAX_DESCRIPTION = 20_000;

const confidence = z.number().min(0).max(1).nullable();

/** All but the definitions, which are checked like any other. */
const answerSchema = z.object({
  definition: z.unknown(),
  description: z.string().max(MAX_DESCRIPTION).optional(),
  confidence: confidence.optional(),
  alternatives: z
    .array(z.object({ definition: z.unknown(), confidence }))
    .max(MAX_ALTERNATIVES)
    .optional(),
  diagnostics: z
    .array(
      z.object({
        code: z.string(),
        severity: z.enum(['info', 'warning']),
        pointer: z.string(),
        message: z.string(),
      }),
    )
    .optional(),
  provenance: z
    .object({
      origin: z.enum(PLAN_ORIGINS),
      source: z.enum(PLAN_SOURCES),
      reason: z.string(),
      costNanoUsd: z.bigint().nonnegative(),
    })
    .optional(),
});

/** What a planner of any team answered; or in a sentence why it is no proposal. */
export function readProposal(
  answer: unknown,
): { readonly proposal: Proposal } | { readonly problem: string } {
  const { success, data, error } = answerSchema.safeParse(answer);
  if (!success) {
    const [first] = error.issues;
    return { problem: `its answer is no proposal: ${first?.path.join('.') || 'it'}: ${first?.message}` };
  }
  const { definition: _, alternatives: __, provenance, ...texts } = data;
  const unstorable = findUnstorable({ ...texts, reason: provenance?.reason });
  if (unstorable !== null)
    return { problem: `its answer cannot be kept: ${unstorable.pointer}: ${unstorable.reason}.` };
  return { proposal: data as Proposal };
}

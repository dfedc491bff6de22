import type { Issue } from '../../../common/issue.js';
import type { PlanContent } from '../../../workflows/domain/plan.js';
import { validateDefinition } from '../../../workflows/domain/validate-definition.js';
import type { ValidationContext } from '../../../workflows/domain/validation-context.js';
import { type ModelPlan, type ReadingContext, readModelPlan } from './read-model-plan.js';
import { saysNothing } from './says-nothing.js';

/** With more issues than these nobody looks for others. */
const MAX_TOLD = 50;

/** What an answer came to: a plan, or everything that speaks against it, pointers into the definition. */
export interface AssembledPlan {
  readonly plan: PlanContent | null;
  readonly issues: readonly Issue[];
}

const isHopeless = ({ definition, issues }: ModelPlan): boolean =>
  issues.length > MAX_TOLD ||
  (issues.length > 0 && definition.tasks.length === 0) ||
  issues.some(({ code }) => code === 'too_many_references');

/** Reads an answer, checks the definition it means, and whether that says anything. Never throws. */
export function assemblePlan(
  answer: unknown,
  given: ReadingContext,
  context: ValidationContext,
): AssembledPlan {
  const read = readModelPlan(answer, given);
  if (isHopeless(read)) return { plan: null, issues: read.issues };
  const { definition, issues: found } = validateDefinition(read.definition, context);
  // What reading told already with more to go on is not told again.
  const told = new Set(read.issues.map(({ pointer }) => pointer));
  const issues = [...read.issues, ...found.filter(({ pointer }) => !told.has(pointer))];
  if (definition === null || issues.length > 0) return { plan: null, issues };
  const nothing = saysNothing(definition, given.request, given.catalogue);
  if (nothing.length > 0) return { plan: null, issues: nothing };
  const { description, diagnostics } = read;
  return { plan: { description, definition, confidence: null, alternatives: [], diagnostics }, issues: [] };
}

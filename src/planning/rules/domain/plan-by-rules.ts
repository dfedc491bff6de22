import type { Issue } from '../../../common/issue.js';
import type { Definition } from '../../../workflows/domain/definition.js';
import type { PlanDiagnostic } from '../../../workflows/domain/plan.js';
import type { CatalogueEntry } from '../../domain/catalogue-entry.js';
import { isUnwanted } from './actions.js';
import type { CatalogueIndex } from './catalogue-index.js';
import { RECURRING } from './english/cues.js';
import { warning } from './fill/drafted-task.js';
import { type FilledSketch, fillSketch } from './fill/fill-sketch.js';
import type { Sketch } from './sketch.js';
import { sketchPlan } from './sketch-plan.js';

/** A plan by rules: valid, but for what is `not_placed`. */
export interface PlannedByRules {
  readonly definition: Definition;
  readonly diagnostics: readonly PlanDiagnostic[];
}

/** More than once only where a person's task breaks again, which none does. */
const MAX_ROUNDS = 3;

/** The steps of tasks that have issues, each with the first. */
function refusedSteps(issues: readonly Issue[], { stepOf, definition }: FilledSketch): Map<number, string> {
  const refused = new Map<number, string>();
  for (const { pointer, message } of issues) {
    const task = /^\/tasks\/(\d{1,6})/.exec(pointer)?.[1];
    const step = task === undefined ? undefined : stepOf[Number(task)];
    const reason = `${definition.tasks[Number(task)]?.taskType ?? ''} would not run: ${message.replace(/\.$/, '')}`;
    if (step !== undefined && !refused.has(step)) refused.set(step, reason);
  }
  return refused;
}

/** A sketch in which something has its place; where nothing has, one step that is the whole request. */
export function orWhole(sketch: Sketch, request: string): Sketch {
  if (sketch.steps.some(({ taskType }) => taskType !== null)) return sketch;
  const nothing = {
    taskType: null,
    candidates: [],
    literals: [],
    isInserted: false,
    after: [],
    condition: null,
  };
  return { steps: [{ ...nothing, clause: request.trim() }], leftOut: [] };
}

/** What only tells something, or is not to be done, is no task. */
function leftOut(clause: string): PlanDiagnostic {
  const why = isUnwanted(clause) ? 'is not to be done' : 'asks for nothing that a task could do';
  return warning('clause_left_out', '', `${JSON.stringify(clause.slice(0, 200))} ${why}.`);
}

/** A plan says what is done, a schedule how often. */
function oftenIn({ steps }: Sketch): PlanDiagnostic[] {
  const often = steps.flatMap(({ clause }) => RECURRING.exec(clause)?.[0] ?? [])[0];
  const message = `${JSON.stringify(often ?? '')} is for a schedule of the workflow: a plan runs once.`;
  return often === undefined ? [] : [warning('schedule_left', '', message)];
}

/** Fills a sketch; a step whose task does not pass `check` is left to a person. */
export function fillSoundly(
  sketch: Sketch,
  catalogue: readonly CatalogueEntry[],
  check: (definition: Definition) => readonly Issue[],
): PlannedByRules {
  const refused = new Map<number, string>();
  let filled = fillSketch(sketch, catalogue, refused);
  for (let round = 1; round < MAX_ROUNDS; round += 1) {
    const found = refusedSteps(check(filled.definition), filled);
    if (found.size === 0) break;
    for (const [step, reason] of found) refused.set(step, reason);
    filled = fillSketch(sketch, catalogue, refused);
  }
  const notPlaced = filled.unplaced.map(({ clause, reason }) =>
    warning('not_placed', '', `${JSON.stringify(clause.slice(0, 200))}: ${reason}.`),
  );
  return {
    definition: filled.definition,
    diagnostics: [...filled.diagnostics, ...notPlaced, ...sketch.leftOut.map(leftOut), ...oftenIn(sketch)],
  };
}

/** The whole planner without a model and without memory: sketch, parameters, check. Deterministic. */
export const planByRules = (
  request: string,
  index: CatalogueIndex,
  catalogue: readonly CatalogueEntry[],
  check: (definition: Definition) => readonly Issue[],
): PlannedByRules => fillSoundly(orWhole(sketchPlan(request, index), request), catalogue, check);

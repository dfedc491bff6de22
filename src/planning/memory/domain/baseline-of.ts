import type { Sketch, SketchStep } from '../../rules/domain/sketch.js';
import type { Baseline, PlanShape } from './remembered-plan.js';

/** A sketch as plan memory looks at it: steps that nothing does are no tasks, what comes after one comes after what was before it. */
export function baselineOf({ steps }: Sketch): Baseline {
  const taskTypes: string[] = [];
  const links: { source: number; target: number }[] = [];
  const sources: (readonly number[])[] = [];
  for (const { taskType, after } of steps) {
    const before = [...new Set(after.flatMap((at) => sources[at] ?? []))];
    if (taskType === null) {
      sources.push(before);
      continue;
    }
    const target = taskTypes.push(taskType) - 1;
    links.push(...before.map((source) => ({ source, target })));
    sources.push([target]);
  }
  const clauses = steps.filter(({ isInserted }) => !isInserted);
  return {
    taskTypes,
    links,
    clauses: clauses.map(({ clause, candidates }) => ({ text: clause, candidates })),
  };
}

/** The step of a sketch that speaks for a task type: its own, else the one whose words fit it best. */
function stepFor(taskType: string, free: readonly SketchStep[]): SketchStep | undefined {
  const own = free.find((step) => step.taskType === taskType);
  if (own !== undefined) return own;
  const fit = (step: SketchStep) => step.candidates.find((one) => one.taskType === taskType)?.score ?? 0;
  return free.filter((step) => fit(step) > 0).sort((a, b) => fit(b) - fit(a))[0];
}

/** A step that plans before speak for, with words that no rule could read, or those of the whole request. */
const remembered = (taskType: string, clause: string): Omit<SketchStep, 'after'> => ({
  ...{ taskType, clause, literals: [], isInserted: true, condition: null },
  candidates: [{ taskType, score: 1, because: ['plans approved before'] }],
});

/**
 * A plan of memory with the words of the request: each task type takes the step that speaks for it; those that none speaks
 * for do what rules found nothing for, in their order. Of such steps those that are left over stay: nothing that was asked
 * for is lost.
 */
export function sketchOf({ taskTypes, links }: PlanShape, sketch: Sketch, request: string): Sketch {
  const free = sketch.steps.filter((step) => step.taskType !== null);
  const unread = sketch.steps.filter((step) => step.taskType === null);
  let next = 0;
  const clauseOfNext = (): string => {
    const { clause = request.slice(0, 500) } = unread[Math.min(next, unread.length - 1)] ?? {};
    next += 1;
    return clause;
  };
  const steps: SketchStep[] = taskTypes.map((taskType, at) => {
    const step = stepFor(taskType, free);
    if (step !== undefined) free.splice(free.indexOf(step), 1);
    const after = links
      .filter(({ target, source }) => target === at && source < at)
      .map(({ source }) => source);
    return { ...(step ?? remembered(taskType, clauseOfNext())), taskType, after, condition: null };
  });
  for (const step of unread.slice(next))
    steps.push({ ...step, after: steps.length === 0 ? [] : [steps.length - 1], condition: null });
  return { ...sketch, steps };
}

import type { Definition, TaskDefinition } from '../../../../workflows/domain/definition.js';
import type { PlanDiagnostic } from '../../../../workflows/domain/plan.js';
import type { CatalogueEntry } from '../../../domain/catalogue-entry.js';
import type { Sketch } from '../sketch.js';
import type { DraftedTask } from './drafted-task.js';
import type { Unplaced } from './making.js';
import { PlanFiller } from './plan-filler.js';

/** A sketch with its parameters. */
export interface FilledSketch {
  readonly definition: Definition;
  readonly diagnostics: readonly PlanDiagnostic[];
  /** What is not in the definition; empty where `human.task` is in the catalogue. */
  readonly unplaced: readonly Unplaced[];
  /** The step of each task; of a task put in for another: the step of that. */
  readonly stepOf: readonly number[];
}

const MAX_DESCRIPTION = 500;

function toTask(task: DraftedTask, all: readonly DraftedTask[]): TaskDefinition {
  const { taskId, taskType, clause, parameters, dependencies, when, seconds } = task;
  return {
    ...{ taskId, taskType, description: clause.slice(0, MAX_DESCRIPTION), parameters },
    dependencies: [...dependencies].sort((a, b) => a - b).map((at) => all[at]?.taskId ?? ''),
    ...(when === null ? {} : { when }),
    ...(seconds === null ? {} : { estimatedDurationSeconds: seconds }),
  };
}

/**
 * Gives the steps of a sketch their parameters. `refused`: steps that have to be left to a person, and why.
 * Deterministic; linear in the words and the catalogue for each step.
 */
export function fillSketch(
  { steps }: Sketch,
  catalogue: readonly CatalogueEntry[],
  refused: ReadonlyMap<number, string> = new Map(),
): FilledSketch {
  const filler = new PlanFiller(catalogue);
  const stepOf: number[] = [];
  for (const [index, step] of steps.entries()) {
    filler.add(step, index, refused.get(index));
    while (stepOf.length < filler.tasks.length) stepOf.push(index);
  }
  const { tasks, unplaced } = filler;
  return {
    definition: { tasks: tasks.map((task) => toTask(task, tasks)) },
    diagnostics: tasks.flatMap(({ notes }, index) =>
      notes.map((each) => ({ ...each, pointer: `/tasks/${index}${each.pointer}` })),
    ),
    unplaced,
    stepOf,
  };
}

import { derivedId } from '../../../common/ids.js';
import type { AddedDefinition, RunState, TaskPlan } from '../run-state.js';
import type { StepBuilder } from '../step-builder.js';
import { readTaskPlan } from '../task-plan.js';
import { newTaskState } from '../task-state.js';
import { freeSlug } from '../free-slug.js';
import { makeReady } from './progress.js';

/** How far each task is from the start of the graph, so that of two that ended together the later one goes first. */
function depths({ plan }: RunState): (task: number) => number {
  const known = new Map<number, number>();
  const depthOf = (task: number): number => {
    const found = known.get(task);
    if (found !== undefined) return found;
    // Guards against a cycle that cannot be there.
    known.set(task, 0);
    const above = (plan[task] as TaskPlan).dependencies.map(depthOf);
    const depth = above.length === 0 ? 0 : 1 + Math.max(...above);
    known.set(task, depth);
    return depth;
  };
  return depthOf;
}

/** Succeeded tasks that say how to undo them, the last one first. */
function toCompensate(state: RunState): number[] {
  const tasks = [...state.tasks.entries()].flatMap(([task, { status }]) =>
    status === 'succeeded' && state.plan[task]?.compensation != null ? task : [],
  );
  if (tasks.length < 2) return tasks;
  const depthOf = depths(state);
  const endOf = (task: number): number => state.tasks.get(task).finishedAt ?? 0;
  return tasks.sort((a, b) => endOf(b) - endOf(a) || depthOf(b) - depthOf(a) || b - a);
}

/** Adds one task for each that has to be undone, each after the one before. False: there is nothing to undo. */
export function beginCompensation(step: StepBuilder, reason: string): boolean {
  const tasks = toCompensate(step.state);
  if (tasks.length === 0) return false;
  step.compensate(reason);
  step.event('run.compensating', { reason, tasks: tasks.length });
  let previous: number | null = null;
  for (const task of tasks) previous = addCompensation(step, task, previous);
  const first = step.state.plan.length - tasks.length;
  makeReady(step, first);
  return true;
}

function addCompensation(step: StepBuilder, task: number, previous: number | null): number {
  const { taskId, compensation, id } = step.plan(task);
  const definition: AddedDefinition = {
    ...(compensation as NonNullable<TaskPlan['compensation']>),
    taskId: freeSlug(step.state, `${taskId}-compensation`),
    dependencies: previous === null ? [] : [step.plan(previous).taskId],
    // Its failure is asked about, and does not fail the run a second time.
    optional: true,
    compensates: taskId,
  };
  const index = step.state.plan.length;
  const plan: TaskPlan = {
    ...readTaskPlan(definition),
    ...{
      id: derivedId(id, step.now, index),
      parent: null,
      added: definition,
      compensates: task,
      successors: [],
    },
    dependencies: previous === null ? [] : [previous],
  };
  const { agentId } = step.task(task);
  step.add(plan, { ...newTaskState(), agentId, openDependencies: previous === null ? 0 : 1 });
  if (previous !== null) step.link(previous, index);
  return index;
}

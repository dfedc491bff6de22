import { derivedId } from '../../../common/ids.js';
import { buildGraph } from '../../../workflows/domain/graph.js';
import type { OwnDefinition, RunState, TaskPlan } from '../run-state.js';
import type { NewTask, StepBuilder } from '../step-builder.js';
import { readTaskPlan } from '../task-plan.js';
import { newTaskState } from '../task-state.js';
import { freeSlug, slugsOf } from '../free-slug.js';
import { makeReady } from './progress.js';

/** How far each task is from the start of the graph: of two that ended together the later one goes first. */
function levelsOf({ plan }: RunState): Int32Array {
  const nodes = plan.map(({ taskId, dependencies }) => ({
    taskId,
    dependencies: dependencies.map((task) => (plan[task] as TaskPlan).taskId),
  }));
  return buildGraph(nodes).level;
}

/** Succeeded tasks that say how to undo them, the last one first. */
function toCompensate(state: RunState): number[] {
  const tasks = [...state.tasks.entries()].flatMap(([task, { status }]) =>
    status === 'succeeded' && state.plan[task]?.compensation != null ? task : [],
  );
  if (tasks.length < 2) return tasks;
  const levels = levelsOf(state);
  const levelOf = (task: number): number => levels[task] ?? 0;
  const endOf = (task: number): number => state.tasks.get(task).finishedAt ?? 0;
  return tasks.sort((a, b) => endOf(b) - endOf(a) || levelOf(b) - levelOf(a) || b - a);
}

/** Adds one task for each that has to be undone, each after the one before. False: there is nothing to undo. */
export function beginCompensation(step: StepBuilder, reason: string): boolean {
  const tasks = toCompensate(step.state);
  if (tasks.length === 0) return false;
  step.compensate(reason);
  step.event('run.compensating', { reason, tasks: tasks.length });
  const first = step.state.plan.length;
  const slugs = slugsFor(step.state, tasks);
  step.add(tasks.map((task, place) => compensationOf(step, { task, place, slugs, first })));
  makeReady(step, first);
  return true;
}

function slugsFor(state: RunState, tasks: readonly number[]): string[] {
  const taken = slugsOf(state);
  return tasks.map((task) => {
    const slug = freeSlug(taken, `${(state.plan[task] as TaskPlan).taskId}-compensation`);
    taken.add(slug);
    return slug;
  });
}

interface ToUndo {
  readonly task: number;
  /** In the order of the undoing, from 0. */
  readonly place: number;
  readonly slugs: readonly string[];
  /** Index of the first compensation among the tasks of the run. */
  readonly first: number;
}

/** A task that undoes another one, after the one before it. */
function compensationOf(step: StepBuilder, { task, place, slugs, first }: ToUndo): NewTask {
  const { taskId, compensation, id } = step.plan(task);
  const isFirst = place === 0;
  const definition: OwnDefinition = {
    ...(compensation as NonNullable<TaskPlan['compensation']>),
    taskId: slugs[place] as string,
    dependencies: isFirst ? [] : [slugs[place - 1] as string],
    // Its failure is asked about, and does not fail the run a second time.
    optional: true,
    compensates: taskId,
  };
  const index = first + place;
  const plan: TaskPlan = {
    ...readTaskPlan(definition),
    ...{ id: derivedId(id, step.now, index), parent: null, own: definition, compensates: task },
    dependencies: isFirst ? [] : [index - 1],
    successors: place === slugs.length - 1 ? [] : [index + 1],
  };
  const { agentId } = step.task(task);
  return { plan, task: { ...newTaskState(), agentId, openDependencies: isFirst ? 0 : 1 } };
}

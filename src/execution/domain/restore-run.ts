import type { Definition, TaskDefinition } from '../../workflows/domain/definition.js';
import { buildGraph, dependenciesOf, successorsOf } from '../../workflows/domain/graph.js';
import { PersistentArray } from './persistent-array.js';
import type { OwnDefinition, RunState, TaskPlan, TaskState } from './run-state.js';
import { isTerminalTask, type RunStatus } from './status.js';
import { readTaskPlan } from './task-plan.js';

/** A task as its row says, before the graph is laid over it. */
export type StoredTask = Omit<TaskState, 'openDependencies' | 'openChildren'> & {
  readonly id: string;
  /** UUID of the task that spawned it. */
  readonly parentTaskId: string | null;
  /** Of a task the run got, or that was changed, while it went on. */
  readonly own: OwnDefinition | null;
};

export interface StoredRun {
  readonly runId: string;
  readonly definition: Definition;
  readonly eventCount: number;
  readonly deadlineAt: number | null;
  /** As it was before it was claimed. */
  readonly previousStatus: RunStatus;
  readonly reason: string | null;
  /** By position: those of the definition first, then the added ones. */
  readonly tasks: readonly StoredTask[];
}

function countTasks(tasks: readonly TaskState[]): RunState['counts'] {
  const count = (status: TaskState['status']): number =>
    tasks.filter((task) => task.status === status).length;
  return {
    open: tasks.filter((task) => !isTerminalTask(task.status)).length,
    ready: count('ready'),
    awaiting: tasks.filter(({ permit }) => permit === 'awaited').length,
    running: count('running'),
    recovering: count('recovering'),
    waiting: count('waiting'),
    unknown: count('unknown'),
  };
}

function restorePlan({ definition, tasks }: StoredRun): TaskPlan[] {
  const definitions = tasks.map(({ own }, index) => own ?? (definition.tasks[index] as TaskDefinition));
  const graph = buildGraph(definitions);
  const slugs = new Map(definitions.map(({ taskId }, index) => [taskId, index]));
  const compensatedBy = (task: OwnDefinition | null): number | null =>
    task?.compensates === undefined ? null : (slugs.get(task.compensates) ?? null);
  const hasAdded = tasks.length > definition.tasks.length;
  const indexOf = hasAdded ? new Map(tasks.map(({ id }, index) => [id, index])) : null;
  return definitions.map((task, index): TaskPlan => {
    const row = tasks[index] as StoredTask;
    return {
      ...readTaskPlan(task),
      id: row.id,
      parent: row.parentTaskId === null ? null : (indexOf?.get(row.parentTaskId) ?? null),
      own: row.own,
      compensates: compensatedBy(row.own),
      dependencies: [...dependenciesOf(graph, index)],
      successors: [...successorsOf(graph, index)],
    };
  });
}

/** The state of a run out of what is stored: the snapshot of its definition and its task rows. */
export function restoreRun(stored: StoredRun): RunState {
  const plan = restorePlan(stored);
  const isOpen = (index: number): boolean => !isTerminalTask((stored.tasks[index] as StoredTask).status);
  const openChildren = new Map<number, number>();
  for (const [index, { parent }] of plan.entries())
    if (parent !== null && isOpen(index)) openChildren.set(parent, (openChildren.get(parent) ?? 0) + 1);
  const tasks = stored.tasks.map((row, index): TaskState => {
    const { id: _id, parentTaskId: _parent, own: _own, ...task } = row;
    const openDependencies = (plan[index] as TaskPlan).dependencies.filter(isOpen).length;
    return { ...task, openDependencies, openChildren: openChildren.get(index) ?? 0 };
  });
  const isCompensating = stored.previousStatus === 'compensating';
  return {
    runId: stored.runId,
    plan,
    tasks: PersistentArray.from(tasks),
    counts: countTasks(tasks),
    eventCount: stored.eventCount,
    deadlineAt: stored.deadlineAt,
    paused: stored.previousStatus === 'paused',
    failing: isCompensating ? null : failingOf(plan, tasks),
    compensating: isCompensating ? { reason: stored.reason ?? 'task_failed' } : null,
    completing: false,
    end: null,
  };
}

/** A required task that failed or was cancelled and is stored, its run's end is not: the claim goes on with failing. */
function failingOf(plan: readonly TaskPlan[], tasks: readonly TaskState[]): RunState['failing'] {
  const isLost = (status: TaskState['status']): boolean =>
    tasks.some((task, index) => task.status === status && !(plan[index] as TaskPlan).optional);
  if (isLost('failed')) return { reason: 'task_failed' };
  return isLost('cancelled') ? { reason: 'task_cancelled' } : null;
}

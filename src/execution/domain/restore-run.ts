import type { Definition } from '../../workflows/domain/definition.js';
import { buildGraph, dependenciesOf, successorsOf } from '../../workflows/domain/graph.js';
import { PersistentArray } from './persistent-array.js';
import type { RunState, TaskPlan, TaskState } from './run-state.js';
import { isTerminalTask } from './status.js';

/** Used where a task says nothing: three attempts, for errors that may pass. */
export const DEFAULT_RETRY: TaskPlan['retry'] = {
  maxAttempts: 3,
  initialDelaySeconds: 1,
  maxDelaySeconds: 60,
};

export interface StoredRun {
  readonly runId: string;
  readonly definition: Definition;
  readonly eventCount: number;
  readonly deadlineAt: number | null;
  /** By position in the definition. */
  readonly tasks: readonly (Omit<TaskState, 'openDependencies'> & {
    readonly id: string;
    readonly agentId: string | null;
  })[];
}

function countTasks(tasks: readonly TaskState[]): RunState['counts'] {
  const count = (status: TaskState['status']): number =>
    tasks.filter((task) => task.status === status).length;
  return {
    open: tasks.filter((task) => !isTerminalTask(task.status)).length,
    ready: count('ready'),
    running: count('running'),
    waiting: count('waiting'),
  };
}

/** The state of a run out of what is stored: the snapshot of its definition and its task rows. */
export function restoreRun(stored: StoredRun): RunState {
  const { definition } = stored;
  const graph = buildGraph(definition.tasks);
  const plan = definition.tasks.map((task, index): TaskPlan => {
    const row = stored.tasks[index] as StoredRun['tasks'][number];
    return {
      id: row.id,
      taskId: task.taskId,
      agentId: row.agentId,
      optional: task.optional ?? false,
      priority: task.priority ?? 0,
      expirySeconds: task.timeoutSeconds ?? null,
      retry: { ...DEFAULT_RETRY, ...task.retry },
      dependencies: [...dependenciesOf(graph, index)],
      successors: [...successorsOf(graph, index)],
    };
  });
  const isOpen = (index: number): boolean =>
    !isTerminalTask((stored.tasks[index] as StoredRun['tasks'][number]).status);
  const tasks = stored.tasks.map(({ id: _id, agentId: _agentId, ...task }, index): TaskState => {
    const openDependencies = (plan[index] as TaskPlan).dependencies.filter(isOpen).length;
    return { ...task, openDependencies };
  });
  // A required task that failed and was stored, its run's end not: the claim goes on with failing.
  const hasFailed = tasks.some(
    (task, index) => task.status === 'failed' && !(plan[index] as TaskPlan).optional,
  );
  return {
    runId: stored.runId,
    plan,
    tasks: PersistentArray.from(tasks),
    counts: countTasks(tasks),
    eventCount: stored.eventCount,
    deadlineAt: stored.deadlineAt,
    failing: hasFailed ? { reason: 'task_failed' } : null,
    completing: false,
    end: null,
  };
}

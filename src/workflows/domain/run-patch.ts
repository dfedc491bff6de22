import type { Definition, TaskDefinition } from './definition.js';

/** A task a patch adds. */
export interface AddedTask {
  /** UUID of the new row. */
  readonly id: string;
  readonly agentId: string | null;
  readonly definition: TaskDefinition;
}

/** What becomes of the part of a run that has not begun; tasks that have are left as they are. */
export interface RunPatch {
  /** Pending tasks as they are to be, by taskId. */
  readonly changed: readonly TaskDefinition[];
  /** Who is to do pending tasks, or ready ones that wait for their agent. */
  readonly reassigned: readonly { readonly taskId: string; readonly agentId: string }[];
  readonly added: readonly AddedTask[];
  /** taskIds of pending tasks that are left out: their successors see `null`. */
  readonly removed: readonly string[];
}

/** What a plan changes of a run that is going on. */
export interface Adaptation {
  /** SHA-256 of the canonical JSON of the run's definition as it was when the plan was made. */
  readonly basedOn: string;
  readonly patch: RunPatch;
  /** The changed and removed tasks as they were. */
  readonly before: readonly TaskDefinition[];
}

export const isEmptyPatch = ({ changed, reassigned, added, removed }: RunPatch): boolean =>
  changed.length + reassigned.length + added.length + removed.length === 0;

/** A definition with a patch in it. What a removed task would have handed on is `null`, so nobody waits for it. */
export function patched(
  definition: Definition,
  { changed, reassigned, added, removed }: RunPatch,
): Definition {
  const news = new Map(changed.map((task) => [task.taskId, task]));
  const agents = new Map(reassigned.map(({ taskId, agentId }) => [taskId, { agentId }]));
  const gone = new Set(removed);
  const tasks = [
    ...definition.tasks.map((task) => ({
      ...(news.get(task.taskId) ?? task),
      ...agents.get(task.taskId),
    })),
    ...added.map((each) => each.definition),
  ];
  return {
    ...definition,
    tasks: tasks
      .filter(({ taskId }) => !gone.has(taskId))
      .map((task) =>
        task.dependencies.some((each) => gone.has(each))
          ? { ...task, dependencies: task.dependencies.filter((each) => !gone.has(each)) }
          : task,
      ),
  };
}

/** The definition a patch was applied to, but for the order of its tasks and who waited for what was removed. */
export function unpatched(definition: Definition, { patch, before }: Adaptation): Definition {
  const olds = new Map(before.map((task) => [task.taskId, task]));
  const news = new Set(patch.added.map((each) => each.definition.taskId));
  const kept = definition.tasks.filter(({ taskId }) => !news.has(taskId));
  const known = new Set(kept.map(({ taskId }) => taskId));
  return {
    ...definition,
    tasks: [
      ...kept.map((task) => olds.get(task.taskId) ?? task),
      ...before.filter(({ taskId }) => !known.has(taskId)),
    ],
  };
}

import type { TaskDefinition, TaskWork } from './definition.js';

const hasMore = ({ alternatives, compensation }: TaskDefinition): boolean =>
  alternatives !== undefined || compensation !== undefined;

function worksOf(task: TaskDefinition): TaskWork[] {
  const { alternatives = [], compensation } = task;
  return [task, ...alternatives, ...(compensation === undefined ? [] : [compensation])];
}

/** All that may have to be executed for tasks: of each itself, its alternatives, its compensation. */
export function worksOfAll(tasks: readonly TaskDefinition[]): readonly TaskWork[] {
  return tasks.some(hasMore) ? tasks.flatMap(worksOf) : tasks;
}

/** What the agent of a task must be capable of, each type once: its own first, the others in order of their names. */
export function typesOf(task: TaskDefinition): readonly string[] {
  if (!hasMore(task)) return [task.taskType];
  const types = new Set(worksOf(task).map(({ taskType }) => taskType));
  types.delete(task.taskType);
  return [task.taskType, ...[...types].sort()];
}

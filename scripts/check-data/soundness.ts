import type { Definition } from '../../src/workflows/domain/definition.js';

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Tasks in an order in which each comes after what it waits for (Kahn); null: there is none. */
function ordered(dependencies: ReadonlyMap<string, readonly string[]>): string[] | null {
  const open = new Map([...dependencies].map(([id, before]) => [id, new Set(before)]));
  const order: string[] = [];
  for (;;) {
    const ready = [...open].filter(([, before]) => before.size === 0).map(([id]) => id);
    if (ready.length === 0) return open.size === 0 ? order : null;
    for (const id of ready) {
      order.push(id);
      open.delete(id);
      for (const before of open.values()) before.delete(id);
    }
  }
}

/**
 * What is wrong with an accepted definition, found without the product's own checks: equal ids, unknown task types and
 * dependencies, cycles, references to tasks that do not come before.
 */
export function unsoundness({ tasks }: Definition, taskTypes: ReadonlySet<string>): string[] {
  const dependencies = new Map(tasks.map(({ taskId, dependencies: before }) => [taskId, before]));
  const problems: string[] = [];
  if (dependencies.size < tasks.length) problems.push('equal ids');
  for (const { taskId, taskType, dependencies: before } of tasks) {
    if (!taskTypes.has(taskType)) problems.push(`${taskId}: no task type ${taskType}`);
    for (const id of before) if (!dependencies.has(id)) problems.push(`${taskId}: no dependency ${id}`);
  }
  const order = problems.length === 0 ? ordered(dependencies) : null;
  if (order === null) return problems.length === 0 ? ['a cycle'] : problems;
  const ancestors = new Map<string, Set<string>>();
  for (const id of order) {
    const before = dependencies.get(id) ?? [];
    ancestors.set(id, new Set(before.flatMap((each) => [each, ...(ancestors.get(each) ?? [])])));
  }
  for (const { taskId, parameters } of tasks) {
    for (const text of textsIn(parameters)) {
      for (const [, id = ''] of text.matchAll(/\{\{\s*tasks\.([^.\s}]+)/g))
        if (ancestors.get(taskId)?.has(id) !== true)
          problems.push(`${taskId}: uses ${id}, which is not before it`);
    }
  }
  return problems;
}

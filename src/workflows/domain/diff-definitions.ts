import { canonicalJson } from '../../common/canonical-json.js';
import { isJsonObject, jsonPointer, type JsonValue } from '../../common/json.js';
import type { Definition, TaskDefinition } from './definition.js';

/** One value that is another one; an absent side: there is none. */
export interface FieldChange {
  /** RFC 6901, into the task, or into the definition outside of its tasks. */
  readonly pointer: string;
  readonly before?: JsonValue;
  readonly after?: JsonValue;
}

export interface TaskChange {
  readonly taskId: string;
  readonly changes: readonly FieldChange[];
  readonly dependenciesAdded: readonly string[];
  readonly dependenciesRemoved: readonly string[];
}

/** What makes one definition of another; tasks are the same by their taskId. */
export interface DefinitionDiff {
  /** The order of tasks and of members counts for nothing. */
  readonly isEqual: boolean;
  readonly added: readonly TaskDefinition[];
  readonly removed: readonly TaskDefinition[];
  readonly changed: readonly TaskChange[];
  /** Outside of the tasks. */
  readonly changes: readonly FieldChange[];
  /** Changes beyond the first 1,000 of a task or of the rest, which are not listed. */
  readonly omitted: number;
}

const MAX_CHANGES = 1_000;

const asJson = (value: unknown): JsonValue | undefined => value as JsonValue | undefined;
const equal = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);

/** Leaf by leaf; lists of another length are one change. */
function compare(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  path: readonly string[],
  found: FieldChange[],
): void {
  if (before === undefined || after === undefined) {
    if (before === after) return;
    found.push({
      pointer: jsonPointer(path),
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    });
  } else if (isJsonObject(before) && isJsonObject(after)) {
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const own = (value: typeof before) => (Object.hasOwn(value, name) ? value[name] : undefined);
      compare(own(before), own(after), [...path, name], found);
    }
  } else if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    for (const [index, value] of before.entries())
      compare(value, after[index], [...path, String(index)], found);
  } else if (!equal(before, after)) {
    found.push({ pointer: jsonPointer(path), before, after });
  }
}

function taskChange(before: TaskDefinition, after: TaskDefinition): TaskChange | null {
  if (equal(before, after)) return null;
  const { dependencies: earlier, ...from } = before;
  const { dependencies: later, ...to } = after;
  const changes: FieldChange[] = [];
  compare(asJson(from), asJson(to), [], changes);
  const [had, has] = [new Set(earlier), new Set(later)];
  const dependenciesAdded = later.filter((taskId) => !had.has(taskId));
  const dependenciesRemoved = earlier.filter((taskId) => !has.has(taskId));
  const isSame = changes.length + dependenciesAdded.length + dependenciesRemoved.length === 0;
  return isSame ? null : { taskId: after.taskId, changes, dependenciesAdded, dependenciesRemoved };
}

/** Compares two definitions, task by task. Linear in their sizes. */
export function diffDefinitions(before: Definition, after: Definition): DefinitionDiff {
  const { tasks: earlier, ...from } = before;
  const { tasks: later, ...to } = after;
  const known = new Map(earlier.map((task) => [task.taskId, task]));
  const kept = new Set(later.map(({ taskId }) => taskId));
  const added = later.filter(({ taskId }) => !known.has(taskId));
  const removed = earlier.filter(({ taskId }) => !kept.has(taskId));
  const changed = later
    .map((task) =>
      known.has(task.taskId) ? taskChange(known.get(task.taskId) as TaskDefinition, task) : null,
    )
    .filter((change) => change !== null);
  const changes: FieldChange[] = [];
  compare(asJson(from), asJson(to), [], changes);
  const over = (list: readonly unknown[]) => Math.max(0, list.length - MAX_CHANGES);
  return {
    isEqual: added.length + removed.length + changed.length + changes.length === 0,
    ...{ added, removed },
    changed: changed.map((change) => ({ ...change, changes: change.changes.slice(0, MAX_CHANGES) })),
    changes: changes.slice(0, MAX_CHANGES),
    omitted: over(changes) + changed.reduce((sum, { changes: list }) => sum + over(list), 0),
  };
}

import { isJsonObject, type JsonObject, type JsonValue } from '../../../common/json.js';
import type { Repairs } from './repairs.js';

/** One task as a model wrote it, its fields by our names. */
export interface RawTask {
  readonly id: JsonValue | undefined;
  readonly taskType: JsonValue | undefined;
  readonly description: JsonValue | undefined;
  readonly parameters: JsonValue | undefined;
  readonly dependsOn: JsonValue | undefined;
  readonly when: JsonValue | undefined;
  readonly agentId: JsonValue | undefined;
}

/** Other names of the fields, the first that is there. */
const FIELDS: { readonly [F in keyof RawTask]: readonly string[] } = {
  id: ['id', 'taskId', 'task_id', 'key', 'name'],
  taskType: ['taskType', 'task_type', 'type', 'tool', 'task', 'action', 'function'],
  description: ['description', 'summary', 'text'],
  parameters: ['parameters', 'params', 'args', 'arguments', 'inputs', 'input'],
  dependsOn: ['dependsOn', 'depends_on', 'dependencies', 'after', 'needs'],
  when: ['when', 'condition'],
  agentId: ['agentId', 'agent_id', 'agent'],
};
const LISTS = ['tasks', 'steps', 'nodes', 'task_nodes'];
const WRAPPERS = ['plan', 'workflow', 'definition', 'result', 'answer'];

const own = (value: JsonObject, name: string): JsonValue | undefined =>
  Object.hasOwn(value, name) ? value[name] : undefined;

/** Wrappers within wrappers. */
const MAX_WRAPPERS = 3;

function listIn(
  value: JsonValue,
  depth = 0,
): { readonly list: readonly JsonValue[]; readonly under: string } | null {
  if (Array.isArray(value)) return { list: value, under: '' };
  if (!isJsonObject(value) || depth > MAX_WRAPPERS) return null;
  for (const name of LISTS) {
    const list = own(value, name);
    if (Array.isArray(list)) return { list, under: name };
  }
  for (const name of WRAPPERS) {
    const inner = own(value, name);
    const found = inner === undefined ? null : listIn(inner, depth + 1);
    if (found !== null) return { list: found.list, under: `${name}.${found.under}` };
  }
  return null;
}

function toRawTask(value: JsonObject): RawTask {
  const pick = (names: readonly string[]) =>
    names.map((name) => own(value, name)).find((each) => each !== undefined && each !== null);
  const entries = Object.entries(FIELDS).map(([field, names]) => [field, pick(names)]);
  const raw = Object.fromEntries(entries) as unknown as RawTask;
  // Without any other a name is that of the task type.
  return raw.taskType === undefined && typeof own(value, 'name') === 'string'
    ? { ...raw, taskType: own(value, 'name'), id: pick(FIELDS.id.slice(0, -1)) }
    : raw;
}

export interface RawPlan {
  readonly summary: string;
  readonly tasks: readonly RawTask[];
}

/** The list of tasks in an answer, wherever it stands; null: there is none. */
export function readRawPlan(answer: JsonValue, repairs: Repairs): RawPlan | null {
  const found = listIn(answer);
  if (found === null) {
    repairs.broken('tasks_missing', '/tasks', 'There is no list of tasks.');
    return null;
  }
  if (found.under !== 'tasks')
    repairs.mended(
      'envelope_mended',
      '/tasks',
      `The tasks stood under ${found.under || 'the answer itself'}.`,
    );
  const summary = isJsonObject(answer) ? (own(answer, 'summary') ?? own(answer, 'description')) : undefined;
  const tasks = found.list.flatMap((value, index) => {
    if (isJsonObject(value)) return [toRawTask(value)];
    repairs.broken('invalid_task', `/tasks/${index}`, 'A task is an object.');
    return [];
  });
  return { summary: typeof summary === 'string' ? summary : '', tasks };
}

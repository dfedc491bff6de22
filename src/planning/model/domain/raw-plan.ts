import { isJsonObject, type JsonObject, type JsonValue } from '../../../common/json.js';
import { type RawTask, toRawTask, type TypeJudge } from './raw-task.js';
import { quoted, type Repairs } from './repairs.js';

/** A dependency that stands apart from the tasks: `target` waits for `source`. */
export interface RawLink {
  readonly source: JsonValue;
  readonly target: JsonValue;
}

export interface RawPlan {
  readonly summary: string;
  /** null: no object stands there. */
  readonly tasks: readonly (RawTask | null)[];
  readonly links: readonly RawLink[];
}

const LISTS = ['tasks', 'steps', 'nodes', 'task_nodes', 'taskNodes', 'actions'];
const WRAPPERS = ['plan', 'workflow', 'definition', 'result', 'answer', 'output', 'response'];
const LINKS = ['links', 'edges', 'task_links', 'taskLinks'];
const SOURCES = ['source', 'from'];
const TARGETS = ['target', 'to'];
const SUMMARIES = ['summary', 'description', 'goal'];
/** Wrappers within wrappers. */
const MAX_WRAPPERS = 3;

const own = (value: JsonObject, name: string): JsonValue | undefined =>
  Object.hasOwn(value, name) ? value[name] : undefined;

const firstOf = (value: JsonObject, names: readonly string[]): JsonValue | undefined =>
  names.map((name) => own(value, name)).find((each) => each !== undefined && each !== null);

/** Where the tasks of an answer stand. */
export interface FoundTasks {
  readonly list: readonly JsonValue[];
  /** Names of the members on the way to it. */
  readonly under: readonly string[];
  /** The object the list stands in. */
  readonly envelope: JsonObject;
}

/** `{ "read": { … } }`: the ids are the names of the members. */
function listOfMembers(members: JsonObject): readonly JsonValue[] | null {
  const entries = Object.entries(members);
  if (entries.length === 0 || !entries.every(([, task]) => isJsonObject(task))) return null;
  return entries.map(([id, task]) => ({ id, ...(task as JsonObject) }));
}

function findList(value: JsonValue, under: readonly string[] = []): FoundTasks | null {
  if (Array.isArray(value)) return { list: value as readonly JsonValue[], under, envelope: {} };
  if (!isJsonObject(value) || under.length > MAX_WRAPPERS) return null;
  for (const name of LISTS) {
    const tasks = own(value, name);
    const list = isJsonObject(tasks) ? listOfMembers(tasks) : Array.isArray(tasks) ? tasks : null;
    if (list !== null)
      return { list: list as readonly JsonValue[], under: [...under, name], envelope: value };
  }
  for (const name of WRAPPERS) {
    const inner = own(value, name);
    const found = inner === undefined ? null : findList(inner, [...under, name]);
    if (found !== null) return found;
  }
  return null;
}

function linksIn(envelope: JsonObject, repairs: Repairs): RawLink[] {
  const list = firstOf(envelope, LINKS);
  if (!Array.isArray(list)) return [];
  return (list as readonly JsonValue[]).flatMap((link) => {
    const source = isJsonObject(link) ? firstOf(link, SOURCES) : undefined;
    const target = isJsonObject(link) ? firstOf(link, TARGETS) : undefined;
    if (source !== undefined && target !== undefined) return [{ source, target }];
    repairs.broken('invalid_link', ['tasks'], `${quoted(link)} does not say which task waits for which.`);
    return [];
  });
}

function summaryOf(answer: JsonValue, envelope: JsonObject): string {
  const found = [envelope, isJsonObject(answer) ? answer : {}].map((each) => firstOf(each, SUMMARIES));
  return found.find((text): text is string => typeof text === 'string') ?? '';
}

/** The list of tasks in an answer, wherever it stands; null: there is none. Looks into no task. */
export const findTasks = (answer: unknown): FoundTasks | null => findList(answer as JsonValue);

/** Reads what was found in an answer. `judge` tells names of task types. */
export function readRawPlan(
  { list, under, envelope }: FoundTasks,
  answer: JsonValue,
  judge: TypeJudge,
  repairs: Repairs,
): RawPlan {
  const place = under.join('.');
  if (place !== 'tasks' || !Array.isArray(envelope['tasks']))
    repairs.respelled('envelope_mended', ['tasks'], `They stood under ${quoted(place)}.`);
  return {
    summary: summaryOf(answer, envelope),
    tasks: list.map((task) => (isJsonObject(task) ? toRawTask(task, judge) : null)),
    links: linksIn(envelope, repairs),
  };
}

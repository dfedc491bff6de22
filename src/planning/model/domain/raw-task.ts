import { isJsonObject, type JsonObject, type JsonValue } from '../../../common/json.js';
import { memo } from './memo.js';

/** One task as a model wrote it, its fields by our names; undefined: not there, or null. */
export interface RawTask {
  readonly id: JsonValue | undefined;
  readonly taskType: JsonValue | undefined;
  readonly description: JsonValue | undefined;
  readonly parameters: JsonValue | undefined;
  readonly dependsOn: JsonValue | undefined;
  readonly when: JsonValue | undefined;
  readonly agentId: JsonValue | undefined;
  /** Fields that have no meaning here and hold something. */
  readonly unknown: readonly string[];
  /** Fields with what the model thought. */
  readonly remarks: readonly string[];
}

type Field = Exclude<keyof RawTask, 'unknown' | 'remarks'>;

/** Other names of the fields, without case and separators; the first that is there counts. */
const FIELDS: { readonly [F in Field]: readonly string[] } = {
  taskType: [
    ...['tasktype', 'type', 'tool', 'toolname', 'toolid', 'action', 'function', 'functionname'],
    ...['task', 'operation', 'name'],
  ],
  id: ['id', 'taskid', 'stepid', 'nodeid', 'key', 'name', 'step', 'task'],
  description: ['description', 'desc', 'summary', 'title', 'purpose'],
  parameters: ['parameters', 'params', 'args', 'arguments', 'inputs', 'input'],
  dependsOn: ['dependson', 'dependencies', 'deps', 'dep', 'after', 'needs', 'requires'],
  when: ['when', 'condition', 'if'],
  agentId: ['agentid', 'agent', 'assignee'],
};
const REMARKS = new Set([
  ...['reason', 'reasoning', 'rationale', 'thought', 'explanation', 'comment', 'comments', 'note', 'notes'],
  ...['index', 'number', 'order', 'title', 'step', 'name', 'summary', 'purpose', 'desc'],
]);

const TYPES = new Set(FIELDS.taskType);

const MAX_KEY_LENGTH = 40;
const fieldName = memo(MAX_KEY_LENGTH, (key) => key.toLowerCase().replace(/[_\s-]/g, ''));

function isNothing(value: JsonValue): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
  return value === null || value === '';
}

/** Members by the names of fields; of two spellings of one the first. */
function membersOf(value: JsonObject): Map<string, { readonly key: string; readonly value: JsonValue }> {
  const members = new Map<string, { readonly key: string; readonly value: JsonValue }>();
  for (const [key, member] of Object.entries(value)) {
    const name = fieldName(key);
    if (member !== null && !members.has(name)) members.set(name, { key, value: member });
  }
  return members;
}

/** Tells texts that name a task type. */
export interface TypeJudge {
  isType(text: string): boolean;
  /** It is nearly one. */
  isNear(text: string): boolean;
}

/** Where the type is written: the first field that names one, else nearly names one, else the first that is a text. */
function typeField(members: ReturnType<typeof membersOf>, judge: TypeJudge): string | undefined {
  const texts = FIELDS.taskType.filter((name) => typeof members.get(name)?.value === 'string');
  const textIn = (name: string): string => members.get(name)?.value as string;
  return (
    texts.find((name) => judge.isType(textIn(name))) ??
    texts.find((name) => judge.isNear(textIn(name))) ??
    texts[0]
  );
}

/** `judge` tells which of several fields names the type. */
export function toRawTask(task: JsonObject, judge: TypeJudge): RawTask {
  const members = membersOf(task);
  const used = new Set<string>();
  const take = (name: string | undefined): JsonValue | undefined => {
    if (name === undefined) return undefined;
    const member = members.get(name);
    if (member !== undefined) used.add(member.key);
    return member?.value;
  };
  const pick = (field: Field): JsonValue | undefined =>
    take(FIELDS[field].find((name) => members.has(name) && !used.has(members.get(name)?.key ?? '')));
  const taskType = take(typeField(members, judge));
  const read = {
    ...{ taskType, id: pick('id'), description: pick('description'), parameters: pick('parameters') },
    ...{ dependsOn: pick('dependsOn'), when: pick('when'), agentId: pick('agentId') },
  };
  const left = Object.keys(task).filter((key) => !used.has(key) && !isNothing(task[key] as JsonValue));
  const isRemark = (key: string): boolean => {
    const name = fieldName(key);
    const value = task[key];
    // A second field for the type says nothing, unless it names another one.
    return REMARKS.has(name) || (TYPES.has(name) && typeof value === 'string' && !judge.isType(value));
  };
  return {
    ...read,
    unknown: left.filter((key) => !isRemark(key)),
    remarks: left.filter(isRemark),
  };
}

/** Text or a number as text; null: neither. */
export const textOf = (value: JsonValue | undefined): string | null =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;

/** What stands for a list: nothing, one element, or a list. */
export function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [value];
}

/** The name in `{ "id": "a" }`, `"a"`, `1`; null: there is none. */
export function nameIn(value: JsonValue): string | null {
  if (!isJsonObject(value)) return textOf(value);
  const names = ['id', 'taskId', 'task', 'name'].map((name) =>
    Object.hasOwn(value, name) ? textOf(value[name]) : null,
  );
  return names.find((name) => name !== null) ?? null;
}

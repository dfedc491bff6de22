import { isJsonObject, type JsonObject, type JsonValue } from '../../common/json.js';
import { findUnstorable } from '../../common/storable.js';
import { type Definition, definitionEnvelopeSchema, MAX_TASKS } from './definition.js';
import type { IssueList } from './issue-list.js';
import { readTask, type TaskDraft } from './read-tasks.js';
import { fromSchemaIssue } from './schema-issues.js';

/** A definition as far as it could be read. */
export interface DefinitionDraft {
  readonly tasks: readonly TaskDraft[];
  /** Everything but the tasks; fields with issues are left out. */
  readonly envelope: Omit<Definition, 'tasks'>;
}

const FIELDS = Object.keys(definitionEnvelopeSchema.shape);

/**
 * Leaves out members that cannot be stored (too deep, NUL, lone surrogates) and reports them. What remains is
 * bounded in depth, so that later checks may recurse.
 */
function storableMembers(value: JsonObject, pointer: string, issues: IssueList): JsonObject {
  const kept = Object.entries(value).filter(([name, member]) => {
    const problem = findUnstorable({ [name]: member });
    if (problem === null) return true;
    issues.add({ code: 'invalid_field', pointer: pointer + problem.pointer, message: `${problem.reason}.` });
    return false;
  });
  return Object.fromEntries(kept);
}

function withoutUnstorable(value: JsonObject, issues: IssueList): JsonObject {
  if (findUnstorable(value) === null) return value;
  const { tasks, ...rest } = value;
  const kept = storableMembers(rest as JsonObject, '', issues);
  if (!Array.isArray(tasks)) return Object.hasOwn(value, 'tasks') ? { ...kept, tasks: null } : kept;
  const readable = (tasks as readonly JsonValue[]).map((task, index) =>
    isJsonObject(task) ? storableMembers(task, `/tasks/${index}`, issues) : null,
  );
  return { ...kept, tasks: readable };
}

function readEnvelope(value: JsonObject, issues: IssueList): DefinitionDraft['envelope'] {
  const broken = new Set<PropertyKey>(['tasks']);
  for (const problem of definitionEnvelopeSchema.safeParse(value).error?.issues ?? []) {
    const named = problem.code === 'unrecognized_keys' ? problem.keys : problem.path.slice(0, 1);
    for (const name of named) broken.add(name);
    const options = {
      path: [],
      code: () => 'invalid_field',
      unknownFieldCode: 'unknown_field',
      knownFields: () => FIELDS,
    };
    for (const issue of fromSchemaIssue(problem, options)) issues.add(issue);
  }
  return Object.fromEntries(Object.entries(value).filter(([name]) => !broken.has(name)));
}

function readList(tasks: unknown, issues: IssueList): readonly unknown[] | null {
  if (!Array.isArray(tasks)) {
    issues.add({
      code: 'invalid_field',
      pointer: '/tasks',
      message: 'tasks is a list of tasks and required.',
    });
    return null;
  }
  if (tasks.length === 0) {
    issues.add({ code: 'invalid_field', pointer: '/tasks', message: 'A definition has at least one task.' });
  }
  return tasks;
}

/** Reads a value of unknown shape; null when it holds no list of at most 10,000 tasks to check on. */
export function readDefinition(value: unknown, issues: IssueList): DefinitionDraft | null {
  if (!isJsonObject(value)) {
    const message = 'A definition is a JSON object with tasks.';
    issues.add({ code: 'invalid_definition', pointer: '', message });
    return null;
  }
  const given = Object.hasOwn(value, 'tasks') ? value['tasks'] : undefined;
  if (Array.isArray(given) && given.length > MAX_TASKS) {
    const message = `A definition has at most ${MAX_TASKS} tasks, this one has ${given.length}. Split it into several workflows.`;
    issues.add({ code: 'too_many_tasks', pointer: '/tasks', message });
    return null;
  }
  const storable = withoutUnstorable(value, issues);
  const envelope = readEnvelope(storable, issues);
  const tasks = readList(storable['tasks'], issues);
  return tasks && { tasks: tasks.map((task, index) => readTask(task, index, issues)), envelope };
}

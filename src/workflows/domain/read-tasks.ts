import type { z } from 'zod';
import { isJsonObject, type JsonObject } from '../../common/json.js';
import {
  retryPolicySchema,
  type TaskDefinition,
  taskDefinitionSchema,
  type WhenCondition,
  whenConditionSchema,
  workFields,
} from './definition.js';
import { type IssueList, quoted } from './issue-list.js';
import { placeWorks, readWorks, type WorkDraft } from './read-works.js';
import { fromSchemaIssue, type SchemaIssueOptions } from './schema-issues.js';

/** A task as far as it could be read: whatever is intact is checked on, the rest is null. */
export interface TaskDraft {
  readonly index: number;
  /** Any text, also one that is no valid id: others may depend on it. */
  readonly taskId: string | null;
  /** The task itself first. */
  readonly works: readonly WorkDraft[];
  /** As written: members of any type, each at its position. */
  readonly dependencies: readonly unknown[];
  readonly agentId: string | null;
  readonly when: WhenCondition | null;
  /** Typed; fields with issues are left out. Null when the id, the type or the dependencies could not be read. */
  readonly task: TaskDefinition | null;
}

const FIELDS = Object.keys(taskDefinitionSchema.shape);
const NESTED_FIELDS: Readonly<Record<string, readonly string[]>> = {
  when: Object.keys(whenConditionSchema.shape),
  retry: Object.keys(retryPolicySchema.shape),
  alternatives: Object.keys(workFields),
  compensation: Object.keys(workFields),
};
const ID_RULE = 'An id is 1–128 lower-case letters, digits and hyphens, and starts with a letter or digit.';
/** Stands in for what could not be read, so that the rest of a task can be. */
const PLACEHOLDERS = { taskId: 'x', taskType: 'x' };

function optionsFor(index: number): SchemaIssueOptions {
  return {
    path: ['tasks', index],
    code: (path) => (path[0] === 'taskId' ? 'invalid_task_id' : 'invalid_field'),
    unknownFieldCode: 'unknown_field',
    knownFields: (path) => (path.length === 0 ? FIELDS : NESTED_FIELDS[String(path[0])]),
  };
}

function report(
  problems: readonly z.core.$ZodIssue[],
  value: unknown,
  index: number,
  issues: IssueList,
): void {
  const options = optionsFor(index);
  const taskId = isJsonObject(value) ? value['taskId'] : undefined;
  for (const problem of problems) {
    for (const issue of fromSchemaIssue(problem, options)) {
      const isId = issue.code === 'invalid_task_id' && typeof taskId === 'string';
      issues.add(isId ? { ...issue, message: `${quoted(taskId)} is no task id. ${ID_RULE}` } : issue);
    }
  }
}

/** Fields named by complaints: the first step of each path, or the unknown keys themselves. */
function brokenFields(problems: readonly z.core.$ZodIssue[]): Set<PropertyKey> {
  return new Set(
    problems.flatMap((problem) =>
      problem.path.length === 0 && problem.code === 'unrecognized_keys'
        ? problem.keys
        : problem.path.slice(0, 1),
    ),
  );
}

function readBroken(value: JsonObject, index: number, broken: ReadonlySet<PropertyKey>): TaskDraft {
  const intact = Object.entries(value).filter(([name]) => !broken.has(name));
  const { data } = taskDefinitionSchema.safeParse({ ...PLACEHOLDERS, ...Object.fromEntries(intact) });
  const { taskId, dependencies } = value;
  const isPlaced = typeof taskId === 'string' && !broken.has('taskType') && !broken.has('dependencies');
  return {
    index,
    taskId: typeof taskId === 'string' ? taskId : null,
    works: placeWorks(readWorks(value), index),
    dependencies: Array.isArray(dependencies) ? dependencies : [],
    agentId: data?.agentId ?? null,
    when: data?.when ?? null,
    task: isPlaced && data !== undefined ? { ...data, taskId } : null,
  };
}

/** Reads one task and reports what is wrong with its fields. */
export function readTask(value: unknown, index: number, issues: IssueList): TaskDraft {
  const { data, error } = taskDefinitionSchema.safeParse(value);
  if (data !== undefined) {
    const { taskId, dependencies, agentId = null, when = null } = data;
    return { index, taskId, works: placeWorks(data, index), dependencies, agentId, when, task: data };
  }
  report(error.issues, value, index, issues);
  return readBroken(isJsonObject(value) ? value : {}, index, brokenFields(error.issues));
}

import { canonicalJson } from '../../common/canonical-json.js';
import type { Issue } from '../../common/issue.js';
import type { JsonObject, JsonValue } from '../../common/json.js';
import { EFFECTS } from '../../tasks/domain/effect.js';
import type { RegisteredTaskType } from '../../tasks/domain/registered-task-type.js';
import { checkConstraints } from '../../workflows/domain/check-constraints.js';
import type { TaskWork } from '../../workflows/domain/definition.js';
import { effectsOfTasks } from '../../workflows/domain/effects.js';
import { mayHoldReference } from '../../workflows/domain/template.js';
import { validateDefinition } from '../../workflows/domain/validate-definition.js';

/** What a changed task is checked against. */
export interface AdjustmentLimits {
  readonly type: RegisteredTaskType;
  /** Those the definition names already. */
  readonly hosts: readonly string[];
}

/** Its references were checked with its definition, and no new ones are let in. */
const OF_REFERENCES = new Set(['reference_not_ancestor', 'unknown_reference', 'unknown_dependency']);

const textsOf = (value: JsonValue): string[] =>
  typeof value === 'string'
    ? [value]
    : value === null || typeof value !== 'object'
      ? []
      : Object.entries(value).flatMap(([name, each]) => [name, ...textsOf(each)]);

/**
 * What is wrong with other values for some parameters of a task: only those its type lets a recovery change, plain
 * values that fit its schema, no effect worse than before, no host that the definition does not name. Pointers into
 * the changes. Pure.
 */
export function checkAdjustment(
  work: TaskWork,
  changes: JsonObject,
  { type, hosts }: AdjustmentLimits,
): readonly Issue[] {
  const changed = { ...work, parameters: { ...work.parameters, ...changes } };
  if (canonicalJson(changed.parameters) === canonicalJson(work.parameters))
    return [issue('nothing_changed', '', 'The parameters are as they were.')];
  const own = checkNames(changes, type);
  if (own.length > 0) return own;
  const unfit = checkSchema(changed, type);
  return unfit.length > 0 ? unfit : checkScope(work, changed, { type, hosts });
}

/** The same of values that are for many tasks, of which nothing else is known. */
export function checkAdjustments(
  taskType: string,
  changes: JsonObject,
  type: RegisteredTaskType,
): readonly Issue[] {
  if (Object.keys(changes).length === 0)
    return [
      {
        ...issue('required', '', 'Say which parameters get which values.'),
        allowed: type.adjustableParameters,
      },
    ];
  const own = checkNames(changes, type);
  if (own.length > 0) return own;
  // What is missing each task has.
  return checkSchema({ taskType, parameters: changes }, type).filter(({ pointer }) =>
    Object.keys(changes).some(
      (name) => pointer === pointerTo(name) || pointer.startsWith(`${pointerTo(name)}/`),
    ),
  );
}

const pointerTo = (name: string): string => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** Plain values of what may be changed. */
function checkNames(changes: JsonObject, type: RegisteredTaskType): Issue[] {
  return Object.keys(changes).flatMap((name) => {
    const pointer = pointerTo(name);
    if (!type.adjustableParameters.includes(name))
      return [
        {
          ...issue('not_adjustable', pointer, `A recovery may not change ${JSON.stringify(name)}.`),
          allowed: type.adjustableParameters,
        },
      ];
    if (textsOf(changes[name] ?? null).some(mayHoldReference))
      return [issue('reference_not_allowed', pointer, 'A recovery names no results: only plain values.')];
    return [];
  });
}

function checkSchema({ taskType, parameters }: TaskWork, type: RegisteredTaskType): Issue[] {
  const tasks = [{ taskId: 'task', taskType, parameters, dependencies: [] }];
  const { issues } = validateDefinition({ tasks }, { findTaskType: () => type });
  const prefix = '/tasks/0/parameters';
  return issues
    .filter(({ code, severity }) => !OF_REFERENCES.has(code) && severity !== 'warning')
    .map((each) => ({
      ...each,
      pointer: each.pointer.startsWith(prefix) ? each.pointer.slice(prefix.length) : '',
    }));
}

function checkScope(before: TaskWork, after: TaskWork, { type, hosts }: AdjustmentLimits): Issue[] {
  const worstOf = (work: TaskWork): number => {
    const effects = effectsOfTasks([{ ...work, taskId: 'task', dependencies: [] }], () => type);
    return EFFECTS.indexOf(effects.at(-1) ?? 'none');
  };
  const worse =
    worstOf(after) > worstOf(before)
      ? [issue('effect_not_allowed', '', `Its effect would be ${EFFECTS[worstOf(after)]}.`)]
      : [];
  const tasks = [{ ...after, taskId: 'task', dependencies: [] }];
  return [
    ...worse,
    ...checkConstraints({ tasks }, { hosts }, null).map((each) => ({
      ...each,
      pointer: each.pointer.replace(/^\/tasks\/0\/parameters/, ''),
    })),
  ];
}

const issue = (code: string, pointer: string, message: string): Issue => ({ code, pointer, message });

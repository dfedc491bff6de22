import type { JsonObject, JsonValue } from '../../../common/json.js';
import type { RegisteredTaskType } from '../../../tasks/domain/registered-task-type.js';
import type { SubTask } from '../../../tasks/domain/task-type.js';
import type { Decomposition, DecompositionQuestion } from './decomposition.schemas.js';

const atomic = (reason: string): Decomposition => ({ isAtomic: true, reason, subTasks: [] });

const split = (reason: string, subTasks: readonly SubTask[]): Decomposition => ({
  ...{ isAtomic: false, reason },
  subTasks: subTasks.map((task) => ({ ...task, dependencies: [...task.dependencies] })),
});

/** Runs of a list, as even as can be, at most `count`. */
function chunks(list: readonly JsonValue[], count: number): JsonValue[][] {
  const size = Math.ceil(list.length / Math.min(count, list.length));
  return Array.from({ length: Math.ceil(list.length / size) }, (_, at) =>
    list.slice(at * size, (at + 1) * size),
  );
}

/** The first parameter that its type says can be split, with more than one element. */
function splittable(
  type: RegisteredTaskType,
  parameters: JsonObject,
): { name: string; list: readonly JsonValue[] } | null {
  for (const [name, { split: isSplit }] of Object.entries(type.planning?.parameters ?? {})) {
    const list = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (isSplit === true && Array.isArray(list) && list.length > 1) return { name, list };
  }
  return null;
}

/** Splits a task without a model: as its type says, else by the lists its type marks, else not at all. */
export function decomposeByRules(
  { task, maxSubTasks }: DecompositionQuestion,
  type: RegisteredTaskType | undefined,
): Decomposition {
  if (type === undefined) return atomic(`There is no task type ${JSON.stringify(task.taskType)}.`);
  const parsed = type.parameters.safeParse(task.parameters);
  if (!parsed.success) return atomic('Its parameters do not fit its task type.');
  const own = type.decompose?.(parsed.data);
  if (own !== undefined) {
    if (own === null || own.length < 2) return atomic(`${type.name} says that it is as small as it gets.`);
    if (own.length <= maxSubTasks) return split(`${type.name} says how it is split.`, own);
    return atomic(`${type.name} would split it into ${own.length} parts; ${maxSubTasks} are allowed.`);
  }
  const found = splittable(type, task.parameters);
  if (found === null || maxSubTasks < 2) return atomic('Nothing in it can be worked on in parts.');
  const { name, list } = found;
  const subTasks = chunks(list, maxSubTasks).map((part, at) => ({
    taskId: `part-${at + 1}`,
    taskType: type.name,
    description: `${task.description || type.name}: ${name}, part ${at + 1}`,
    parameters: { ...task.parameters, [name]: part },
    dependencies: [],
  }));
  return split(`${list.length} elements of ${name} are worked on in ${subTasks.length} parts.`, subTasks);
}

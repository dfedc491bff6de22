import { isJsonObject, type JsonObject } from '../../common/json.js';
import { MAX_ALTERNATIVES, workFields } from './definition.js';

interface ReadWork {
  readonly taskType: string | null;
  readonly parameters: JsonObject | null;
}

/** A task with the works beside it, each as far as it could be read. */
interface ReadWorks extends ReadWork {
  readonly alternatives?: readonly ReadWork[];
  readonly compensation?: ReadWork;
}

/** What may have to be executed for a task: the task itself, one of its alternatives, its compensation. */
export interface WorkDraft extends ReadWork {
  /** Index of its task. */
  readonly task: number;
  /** Where it stands in its task: nothing for the task itself, `['alternatives', 0]`, … */
  readonly place: readonly PropertyKey[];
  /** It is executed after the task has succeeded. */
  readonly mayUseOwnResult: boolean;
}

function readWork(value: unknown): ReadWork {
  const { taskType, parameters } = isJsonObject(value) ? value : {};
  return {
    taskType: workFields.taskType.safeParse(taskType).data ?? null,
    parameters: workFields.parameters.safeParse(parameters).data ?? null,
  };
}

/** What is intact of a task whose schema complains. */
export function readWorks(value: JsonObject): ReadWorks {
  const { alternatives, compensation } = value;
  return {
    ...readWork(value),
    ...(Array.isArray(alternatives) && {
      alternatives: Array.from(alternatives.slice(0, MAX_ALTERNATIVES), readWork),
    }),
    ...(isJsonObject(compensation) && { compensation: readWork(compensation) }),
  };
}

const ITSELF: readonly PropertyKey[] = [];

/** Where a work stands in the definition: `['tasks', 3]`, `['tasks', 3, 'alternatives', 0]`, … */
export const pathOf = ({ task, place }: WorkDraft): PropertyKey[] => ['tasks', task, ...place];

/** The task itself first, then its alternatives in order, then its compensation. */
export function placeWorks(
  { taskType, parameters, alternatives, compensation }: ReadWorks,
  task: number,
): readonly WorkDraft[] {
  const works: WorkDraft[] = [{ taskType, parameters, task, place: ITSELF, mayUseOwnResult: false }];
  alternatives?.forEach((work, position) => {
    const place = ['alternatives', position];
    works.push({ taskType: work.taskType, parameters: work.parameters, task, place, mayUseOwnResult: false });
  });
  if (compensation !== undefined)
    works.push({ ...compensation, task, place: ['compensation'], mayUseOwnResult: true });
  return works;
}

import type { JsonObject } from '../../common/json.js';
import type { Definition, TaskDefinition } from '../../workflows/domain/definition.js';
import type { OwnDefinition, RunState, TaskPlan } from './run-state.js';

/** Used where a task says nothing: three attempts, for errors that may pass. */
export const DEFAULT_RETRY: TaskPlan['retry'] = {
  maxAttempts: 3,
  initialDelaySeconds: 1,
  maxDelaySeconds: 60,
};

/** What the rules need of a task's definition. */
export function readTaskPlan(
  task: TaskDefinition,
): Pick<
  TaskPlan,
  'taskId' | 'optional' | 'priority' | 'expirySeconds' | 'retry' | 'alternatives' | 'compensation'
> {
  return {
    taskId: task.taskId,
    optional: task.optional ?? false,
    priority: task.priority ?? 0,
    expirySeconds: task.timeoutSeconds ?? null,
    retry: { ...DEFAULT_RETRY, ...task.retry },
    alternatives: task.alternatives?.length ?? 0,
    compensation: task.compensation ?? null,
  };
}

/** What the next attempt of a task executes: the task as it stands, or the alternative it has come to. */
export function currentDefinition(
  definition: Definition,
  { plan, tasks }: RunState,
  task: number,
): TaskDefinition {
  const whole = plan[task]?.own ?? (definition.tasks[task] as TaskDefinition);
  const { alternative } = tasks.get(task);
  return alternative === 0 ? whole : { ...whole, ...whole.alternatives?.[alternative - 1] };
}

/** Another request to whoever gets it: the parameters of the task itself (0), or of one of its alternatives. */
function withParameters(
  whole: OwnDefinition,
  alternative: number,
  parameters: TaskDefinition['parameters'],
): OwnDefinition {
  const adjustments = (whole.adjustments ?? 0) + 1;
  if (alternative === 0) return { ...whole, parameters, adjustments };
  const alternatives = (whole.alternatives ?? []).map((work, index) =>
    index === alternative - 1 ? { ...work, parameters } : work,
  );
  return { ...whole, alternatives, adjustments };
}

/** A task without what is noted of it while its run goes on. */
export function asPlanned(own: OwnDefinition): TaskDefinition {
  const { compensates: _compensates, adjustments: _adjustments, adjustedFrom: _from, ...task } = own;
  return task;
}

/** A task as it was before a recovery changed its parameters; null: none did. */
export function restored(own: OwnDefinition | null): OwnDefinition | null {
  if (own?.adjustedFrom === undefined) return null;
  const { adjustedFrom, ...whole } = own;
  return withParameters(whole, adjustedFrom.alternative, adjustedFrom.parameters);
}

/** The same work with other values for some of its parameters, whatever earlier recoveries changed. */
export function adjusted(
  definition: Definition,
  state: RunState,
  task: number,
  parameters: JsonObject,
): OwnDefinition {
  const own = state.plan[task]?.own ?? null;
  const whole: OwnDefinition = restored(own) ?? own ?? (definition.tasks[task] as TaskDefinition);
  const { alternative } = state.tasks.get(task);
  const work = alternative === 0 ? whole : whole.alternatives?.[alternative - 1];
  const before = work?.parameters ?? {};
  const after = withParameters(whole, alternative, { ...before, ...parameters });
  return { ...after, adjustedFrom: { alternative, parameters: before } };
}

/** The same for every attempt of one way of doing a task; another way is another request to whoever gets it. */
export function attemptKey({ plan, tasks }: RunState, task: number): string {
  const { id, own } = plan[task] as TaskPlan;
  const { alternative } = tasks.get(task);
  const adjusted = own?.adjustments === undefined ? '' : `-adjusted-${own.adjustments}`;
  return `${id}${alternative === 0 ? '' : `-${alternative}`}${adjusted}`;
}

import type { JsonObject } from '../../../common/json.js';
import type { OwnDefinition } from '../run-state.js';
import { freeSlug, slugsOf } from '../free-slug.js';
import { derivedId } from '../../../common/ids.js';
import { isTerminalTask } from '../status.js';
import type { StepBuilder } from '../step-builder.js';
import { readTaskPlan } from '../task-plan.js';
import { newTaskState } from '../task-state.js';

/** A task below another one that its recovery waits for. `kind` says what its end means. */
export interface Helper {
  readonly kind: 'answer' | 'compensation';
  readonly work: Pick<OwnDefinition, 'taskType' | 'parameters'>;
  /** What its slug ends with. */
  readonly suffix: string;
}

/** Adds the helper, pending, and lets the task wait for it; answers its index. */
export function waitForHelper(step: StepBuilder, task: number, { kind, work, suffix }: Helper): number {
  const parent = step.plan(task);
  const { agentId, error } = step.task(task);
  const taskId = freeSlug(slugsOf(step.state), `${parent.taskId}-${suffix}`);
  // Its failure is the end of the recovery, which decides about the task it helps.
  const own: OwnDefinition = { ...work, taskId, dependencies: [], optional: true };
  const id = derivedId(parent.id, step.now, step.state.plan.length);
  const plan = {
    ...readTaskPlan(own),
    own,
    parent: task,
    compensates: null,
    dependencies: [],
    successors: [],
  };
  const helper = step.add([{ plan: { ...plan, id }, task: { ...newTaskState(), agentId } }]);
  step.countChildren(task, 1);
  step.event('task.spawned', { id, parent: parent.taskId, by: 'recovery' }, helper);
  const wait: JsonObject = { form: 'recovery', kind, helper: id };
  step.move(task, 'waiting', { waitingFor: 'children', wait, error });
  return helper;
}

/** What the recovery of a task waits for; null: nothing. */
export function helperOf(
  step: StepBuilder,
  task: number,
): { readonly index: number; readonly kind: Helper['kind'] } | null {
  const { wait } = step.task(task);
  if (wait?.['form'] !== 'recovery') return null;
  const index = step.state.plan.findIndex(({ id }) => id === wait['helper']);
  return index < 0 ? null : { index, kind: wait['kind'] === 'answer' ? 'answer' : 'compensation' };
}

/** Nobody needs the helper any more. */
export function dismissHelper(step: StepBuilder, task: number): void {
  const helper = helperOf(step, task);
  if (helper === null || isTerminalTask(step.task(helper.index).status)) return;
  if (step.task(helper.index).status === 'running')
    step.command({ kind: 'abortAttempt', task: helper.index });
  step.move(helper.index, 'cancelled');
  step.event('task.cancelled', {}, helper.index);
  step.countChildren(task, -1);
}

import { orderLinks } from '../../../workflows/domain/graph.js';
import { type Links, linkTasks } from '../../../workflows/domain/links.js';
import type { SignalBody } from '../run-input.js';
import type { RunPatch } from '../../../workflows/domain/run-patch.js';
import type { TaskPlan } from '../run-state.js';
import type { NewTask, StepBuilder } from '../step-builder.js';
import { readTaskPlan } from '../task-plan.js';
import { newTaskState } from '../task-state.js';
import { delegate } from './delegation.js';
import { finishTask, makeReady } from './progress.js';

type Adapt = Extract<SignalBody, { kind: 'adapt' }>;

/** Changes the part of the run that has not begun, all of it or nothing. */
export function adapt(step: StepBuilder, { planId, by, patch }: Adapt): void {
  const before = step.state.plan.length;
  const reason = whyNot(step, patch);
  const links = reason === null ? relinked(step, patch) : reason;
  if (typeof links === 'string')
    return step.event('signal.refused', { kind: 'adapt', planId, by, reason: links });
  const { changed, reassigned, added, removed } = patch;
  step.event('plan.adapted', {
    ...{ planId, by, removed: [...removed] },
    changed: changed.map(({ taskId }) => taskId),
    added: added.map(({ definition }) => definition.taskId),
  });
  step.add(added.map(toNewTask));
  for (const task of changed) step.redefine(indexOf(step, task.taskId), task, readTaskPlan(task));
  for (const { taskId, agentId: toAgentId } of reassigned)
    delegate(step, { kind: 'delegate', task: indexOf(step, taskId), toAgentId, by });
  step.relink(links);
  for (const taskId of removed) leaveOut(step, indexOf(step, taskId));
  release(step, [
    ...changed.map(({ taskId }) => indexOf(step, taskId)),
    ...added.map((_, place) => before + place),
  ]);
}

const indexOf = ({ state }: StepBuilder, taskId: string): number =>
  state.plan.findIndex((each) => each.taskId === taskId);

/** Why the patch does not fit the run as it stands; null: it does, but for its graph. */
function whyNot(step: StepBuilder, { changed, reassigned, added, removed }: RunPatch): string | null {
  if (step.state.failing !== null || step.state.compensating !== null) return 'the run is about to fail';
  if (step.state.completing) return 'all its tasks have ended';
  const touched = [...changed.map(({ taskId }) => taskId), ...removed];
  if (new Set(touched).size !== touched.length) return 'it changes a task twice';
  for (const taskId of touched) {
    const index = indexOf(step, taskId);
    if (index < 0) return `there is no task ${taskId}`;
    const { status } = step.task(index);
    if (status !== 'pending') return `task ${taskId} is ${status}`;
  }
  for (const { taskId } of reassigned) {
    const index = indexOf(step, taskId);
    if (index < 0) return `there is no task ${taskId}`;
    const { status } = step.task(index);
    if (status !== 'pending' && status !== 'ready') return `task ${taskId} is ${status}`;
  }
  const names = new Set(step.state.plan.map(({ taskId }) => taskId));
  for (const { definition } of added) {
    if (names.has(definition.taskId)) return `there is a task ${definition.taskId} already`;
    names.add(definition.taskId);
  }
  return null;
}

/** Who waits for whom when the patch is applied, by position; a text: why that cannot be. */
function relinked(step: StepBuilder, { changed, added }: RunPatch): Links | string {
  const { plan } = step.state;
  const news = new Map(changed.map(({ taskId, dependencies }) => [taskId, dependencies]));
  const nodes = [
    ...plan.map(({ taskId, dependencies }) => ({
      taskId,
      dependencies: news.get(taskId) ?? dependencies.map((index) => (plan[index] as TaskPlan).taskId),
    })),
    ...added.map(({ definition }) => ({ taskId: definition.taskId, dependencies: definition.dependencies })),
  ];
  const positions = new Map(nodes.map(({ taskId }, index) => [taskId, index]));
  for (const { taskId, dependencies } of nodes) {
    if (dependencies.includes(taskId)) return `task ${taskId} would wait for itself`;
    const missing = dependencies.find((each) => !positions.has(each));
    if (missing !== undefined) return `task ${taskId} would wait for ${missing}, which is not there`;
  }
  return orderLinks(linkTasks(nodes)) ?? 'tasks would wait for each other';
}

function toNewTask({ id, agentId, definition }: RunPatch['added'][number]): NewTask {
  const links = { parent: null, compensates: null, dependencies: [], successors: [] };
  return {
    plan: { ...readTaskPlan(definition), ...links, id, own: definition },
    task: { ...newTaskState(), agentId },
  };
}

/** Without a turn: nothing of it is done. */
function leaveOut(step: StepBuilder, index: number): void {
  if (step.task(index).status === 'pending') finishTask(step, index, 'skipped', {});
}

/** What waits for nothing any more begins. */
function release(step: StepBuilder, indexes: readonly number[]): void {
  for (const index of indexes) {
    const { status, openDependencies } = step.task(index);
    if (status === 'pending' && openDependencies === 0) makeReady(step, index);
  }
}

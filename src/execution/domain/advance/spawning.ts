import { readTaskPlan } from '../task-plan.js';
import { newTaskState } from '../task-state.js';
import type { SignalBody } from '../run-input.js';
import type { RunState } from '../run-state.js';
import { isTerminalTask } from '../status.js';
import type { StepBuilder } from '../step-builder.js';
import { freeSlug, slugsOf } from '../free-slug.js';
import { refuse } from './answers.js';
import { makeReady } from './progress.js';

/** Spawned tasks may spawn, this deep. */
export const MAX_SPAWN_DEPTH = 3;

/** How many generations lie between a task and one of the definition. */
export function spawnDepth({ plan }: RunState, task: number): number {
  let depth = 0;
  for (let parent = plan[task]?.parent ?? null; parent !== null; parent = plan[parent]?.parent ?? null)
    depth += 1;
  return depth;
}

/** A child task: it starts at once, and holds back the end of its parent. */
export function spawn(step: StepBuilder, signal: Extract<SignalBody, { kind: 'spawn' }>): void {
  const { task: parent, id, agentId, by } = signal;
  const { status } = step.task(parent);
  if (isTerminalTask(status) || status === 'unknown') return refuse(step, signal, `the task is ${status}`);
  if (step.state.failing !== null) return refuse(step, signal, 'the run is about to fail');
  if (spawnDepth(step.state, parent) >= MAX_SPAWN_DEPTH)
    return refuse(step, signal, `tasks spawn ${MAX_SPAWN_DEPTH} deep at most`);
  const taskId = freeSlug(slugsOf(step.state), step.plan(parent).taskId, 1);
  const definition = { ...signal.definition, taskId, dependencies: [] };
  const plan = {
    ...readTaskPlan(definition),
    id,
    parent,
    own: definition,
    compensates: null,
    dependencies: [],
    successors: [],
  };
  const child = step.add([{ plan, task: { ...newTaskState(), agentId } }]);
  step.countChildren(parent, 1);
  step.event('task.spawned', { id, parent: step.plan(parent).taskId, by }, child);
  makeReady(step, child);
}

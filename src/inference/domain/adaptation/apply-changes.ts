import { contentHash } from '../../../common/canonical-json.js';
import type { Issue } from '../../../common/issue.js';
import type { TaskDefinition } from '../../../workflows/domain/definition.js';
import type { Adaptation, RunPatch } from '../../../workflows/domain/run-patch.js';
import type { AdaptationAgent, Change, ChangeRules, RunToAdapt } from './adaptation.js';
import { checkChange } from './check-change.js';
import { checkOutcome } from './check-outcome.js';
import { isFit } from './fit-agents.js';

/** What changes come to, or everything that is wrong with them; pointers into the list of changes. */
export type Applied = { readonly patch: RunPatch } | { readonly issues: readonly Issue[] };

/** The changes as one patch: all of it, or none. Pure; the order of the changes counts for nothing. */
export function applyChanges(run: RunToAdapt, changes: readonly Change[], rules: ChangeRules): Applied {
  const placeOf = new Map(run.definition.tasks.map(({ taskId }, index) => [taskId, index]));
  const issues = changes.flatMap((change, index) =>
    checkChange(change, { run, rules, placeOf }).map((issue) => ({
      ...issue,
      pointer: `/changes/${index}${issue.pointer}`,
    })),
  );
  issues.push(...twice(changes));
  if (issues.length > 0) return { issues };
  const patch = patchOf(run, changes);
  const outcome = checkOutcome(run, changes, patch, rules);
  return outcome.length > 0 ? { issues: outcome } : { patch };
}

/** Each task once. */
function twice(changes: readonly Change[]): Issue[] {
  const seen = new Set<string>();
  return changes.flatMap(({ taskId }, index) => {
    if (!seen.has(taskId)) {
      seen.add(taskId);
      return [];
    }
    const message = `There is a change of ${JSON.stringify(taskId)} already.`;
    return [{ code: 'changed_twice', pointer: `/changes/${index}/taskId`, message }];
  });
}

/** Of changes that are allowed one by one. */
function patchOf({ definition, places, agents }: RunToAdapt, changes: readonly Change[]): RunPatch {
  const byId = new Map(definition.tasks.map((task) => [task.taskId, task]));
  const changed = new Map<string, TaskDefinition>();
  const current = (taskId: string): TaskDefinition =>
    changed.get(taskId) ?? (byId.get(taskId) as TaskDefinition);
  const of = (action: Change['action']): Change[] => changes.filter((each) => each.action === action);
  for (const { taskId, dependencies, priority } of of('reorder'))
    changed.set(taskId, { ...current(taskId), dependencies, ...(priority === null ? {} : { priority }) });
  for (const { taskId } of of('use_alternative')) changed.set(taskId, withAlternative(current(taskId)));
  for (const { taskId, taskType, parameters } of of('replace_task')) {
    const { alternatives: _none, compensation: _nothing, ...task } = current(taskId);
    changed.set(taskId, { ...task, taskType: taskType ?? task.taskType, parameters });
  }
  const inserted = of('insert_task').map(({ taskId, taskType, parameters, dependencies }) => ({
    ...{ taskId, taskType: taskType ?? '', parameters, dependencies },
  }));
  for (const { taskId, before } of of('insert_task'))
    for (const later of before)
      changed.set(later, { ...current(later), dependencies: [...current(later).dependencies, taskId] });
  const removed = [...of('skip'), ...of('remove_task')].map(({ taskId }) => taskId);
  for (const later of bridged(
    definition.tasks.map(({ taskId }) => current(taskId)),
    new Set(removed),
  ))
    changed.set(later.taskId, later);
  const placeOf = new Map(definition.tasks.map(({ taskId }, index) => [taskId, places[index]]));
  const unfit = [...changed.values()].flatMap((task) => {
    const { agentId = null } = placeOf.get(task.taskId) ?? {};
    const agentIs = agents.find(({ id }) => id === agentId);
    if (agentIs !== undefined && isFit(agentIs, task)) return [];
    const other = agentFor(task, agents);
    return other === null ? [] : [{ taskId: task.taskId, agentId: other.id }];
  });
  return {
    changed: [...changed.values()],
    reassigned: [
      ...of('delegate').map(({ taskId, toAgentId }) => ({ taskId, agentId: toAgentId ?? '' })),
      ...unfit,
    ],
    // Ids of rows are given when the patch becomes a plan.
    added: inserted.map((task) => ({
      id: '',
      agentId: agentFor(task, agents)?.id ?? null,
      definition: task,
    })),
    removed,
  };
}

/** Who waits for what is left out waits for whatever that would have waited for: no gate is passed by. */
function bridged(tasks: readonly TaskDefinition[], removed: ReadonlySet<string>): TaskDefinition[] {
  const byId = new Map(tasks.map((task) => [task.taskId, task]));
  return tasks
    .filter(
      ({ taskId, dependencies }) => !removed.has(taskId) && dependencies.some((each) => removed.has(each)),
    )
    .map((task) => {
      const all = new Set(task.dependencies);
      for (const each of all)
        if (removed.has(each)) for (const earlier of byId.get(each)?.dependencies ?? []) all.add(earlier);
      return { ...task, dependencies: [...all] };
    });
}

/** The first alternative in the place of the task; the others stay behind it. */
function withAlternative(task: TaskDefinition): TaskDefinition {
  const [first, ...others] = task.alternatives ?? [];
  const { alternatives: _all, ...rest } = task;
  return { ...rest, ...first, ...(others.length > 0 ? { alternatives: others } : {}) };
}

/** The first fit one. */
export const agentFor = (
  task: Pick<TaskDefinition, 'taskType' | 'alternatives' | 'compensation'>,
  agents: readonly AdaptationAgent[],
): AdaptationAgent | null => agents.find((agent) => isFit(agent, task)) ?? null;

/** What is kept of an adaptation with its plan. */
export function adaptationOf({ definition }: RunToAdapt, patch: RunPatch): Adaptation {
  const touched = new Set([
    ...patch.changed.map(({ taskId }) => taskId),
    ...patch.reassigned.map(({ taskId }) => taskId),
    ...patch.removed,
  ]);
  const waited = new Set(patch.removed);
  const before = definition.tasks.filter(
    ({ taskId, dependencies }) => touched.has(taskId) || dependencies.some((each) => waited.has(each)),
  );
  return { basedOn: contentHash(definition), patch, before };
}

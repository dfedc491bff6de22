import type { Issue } from '../../../common/issue.js';
import { EFFECTS } from '../../../tasks/domain/effect.js';
import { checkConstraints, hostsIn } from '../../../workflows/domain/check-constraints.js';
import type { TaskDefinition } from '../../../workflows/domain/definition.js';
import { effectsOfTasks } from '../../../workflows/domain/effects.js';
import { optimiseOrder, orderOnlyDependencies } from '../../../workflows/domain/optimise-order.js';
import { patched, type RunPatch } from '../../../workflows/domain/run-patch.js';
import { validateDefinition } from '../../../workflows/domain/validate-definition.js';
import { worksOfAll } from '../../../workflows/domain/works.js';
import type { Change, RunToAdapt, ChangeRules } from './adaptation.js';
import { isFit } from './fit-agents.js';

/** What is wrong with the changes taken together. Pointers into the list of changes. Pure. */
export function checkOutcome(
  run: RunToAdapt,
  changes: readonly Change[],
  patch: RunPatch,
  rules: ChangeRules,
): readonly Issue[] {
  const pointerOf = pointersOf(changes);
  const touched = [...patch.changed, ...patch.added.map(({ definition }) => definition)];
  // What the definition declares was looked at with it.
  const declared = new Set(
    changes.filter(({ action }) => action === 'use_alternative').map(({ taskId }) => taskId),
  );
  const invalid = checkGraph(run, patch, rules, pointerOf);
  if (invalid.length > 0) return invalid;
  return [
    ...checkScope(
      run,
      touched.filter(({ taskId }) => !declared.has(taskId)),
      rules,
      pointerOf,
    ),
    ...checkExecutors(run, patch, pointerOf),
    ...checkNeeded(run, patch, rules, pointerOf),
    ...checkDropped(run, patch, rules, pointerOf),
  ];
}

type PointerOf = (taskId: string) => string;

/** Where a task is changed: by its own change, or by the one that puts another before it. */
function pointersOf(changes: readonly Change[]): PointerOf {
  const pointers = new Map<string, string>();
  changes.forEach(({ before }, index) =>
    before.forEach((later) => pointers.set(later, `/changes/${index}/before`)),
  );
  changes.forEach(({ taskId }, index) => pointers.set(taskId, `/changes/${index}`));
  return (taskId) => pointers.get(taskId) ?? '/changes';
}

const TASK_POINTER = /^\/tasks\/(\d+)(.*)$/s;

/** The whole graph has to be valid, as far as the changes have to do with it. What is left out stays in the graph, ended. */
function checkGraph(
  run: RunToAdapt,
  patch: RunPatch,
  { findTaskType }: ChangeRules,
  pointerOf: PointerOf,
): Issue[] {
  const whole = patched(run.definition, { ...patch, removed: [] });
  const touched = new Set(
    [...patch.changed, ...patch.added.map(({ definition }) => definition)].map(({ taskId }) => taskId),
  );
  return validateDefinition(whole, { findTaskType }).issues.flatMap(({ pointer, ...issue }) => {
    if (issue.severity === 'warning') return [];
    const [, index = '', rest = ''] = TASK_POINTER.exec(pointer) ?? [];
    const { taskId } = whole.tasks[Number(index)] ?? { taskId: '' };
    if (index !== '' && !touched.has(taskId)) return [];
    const where = pointerOf(taskId);
    return [{ ...issue, pointer: where.endsWith('/before') ? where : `${where}${rest}` }];
  });
}

/** Effects and hosts within those of the definition, and no call of a model that was not planned as it is. */
function checkScope(
  run: RunToAdapt,
  touched: readonly TaskDefinition[],
  rules: ChangeRules,
  pointerOf: PointerOf,
): Issue[] {
  const findTaskType = (name: string) => rules.findTaskType(name);
  const before = new Map(run.definition.tasks.map((task) => [task.taskId, task]));
  const worst = EFFECTS.indexOf(effectsOfTasks(run.definition.tasks, findTaskType).at(-1) ?? 'none');
  const hosts = hostsIn(run.definition);
  const asksModels = (task: TaskDefinition): boolean =>
    worksOfAll([task]).some(
      ({ taskType, parameters }) => findTaskType(taskType)?.modelUse?.(parameters) !== undefined,
    );
  return touched.flatMap((task) => {
    const earlier = before.get(task.taskId);
    if (earlier !== undefined && earlier.taskType === task.taskType && earlier.parameters === task.parameters)
      return [];
    const pointer = pointerOf(task.taskId);
    const issues: Issue[] = checkConstraints({ tasks: [task] }, { hosts }, null).map((each) => ({
      ...each,
      pointer: `${pointer}${each.pointer.replace(/^\/tasks\/0/, '')}`,
    }));
    const effect = effectsOfTasks([task], findTaskType).at(-1) ?? 'none';
    if (EFFECTS.indexOf(effect) > worst || effect === 'irreversible')
      issues.push(
        issue(
          'effect_not_allowed',
          pointer,
          `Its effect could be ${effect}: a person would have to plan that.`,
        ),
      );
    if (asksModels(task))
      issues.push(
        issue('cost_not_allowed', pointer, 'It asks a model: what that may cost is for a person to plan.'),
      );
    return issues;
  });
}

/** Somebody has to be able to do it. */
function checkExecutors(
  { agents, definition, places }: RunToAdapt,
  patch: RunPatch,
  pointerOf: PointerOf,
): Issue[] {
  const given = new Map(patch.reassigned.map(({ taskId, agentId }) => [taskId, agentId]));
  const had = new Map(definition.tasks.map(({ taskId }, index) => [taskId, places[index]?.agentId ?? null]));
  const all = [
    ...patch.changed.map((task) => ({
      task,
      agentId: given.get(task.taskId) ?? had.get(task.taskId) ?? null,
    })),
    ...patch.added.map(({ definition: task, agentId }) => ({ task, agentId })),
  ];
  return all
    .filter(({ task, agentId }) => {
      const agent = agents.find(({ id }) => id === agentId);
      return agent === undefined || !isFit(agent, task);
    })
    .map(({ task }) =>
      issue('no_capable_agent', pointerOf(task.taskId), `No active agent can execute ${task.taskType}.`),
    );
}

/** Nothing is left out whose result is used, but optional tasks: theirs may always be missing. */
function checkNeeded(
  run: RunToAdapt,
  patch: RunPatch,
  { findTaskType }: ChangeRules,
  pointerOf: PointerOf,
): Issue[] {
  const whole = patched(run.definition, { ...patch, removed: [] });
  const gone = new Set(patch.removed);
  const optional = new Set(
    run.definition.tasks.filter((task) => task.optional === true).map(({ taskId }) => taskId),
  );
  const orderOnly = orderOnlyDependencies(whole, (name) => findTaskType(name));
  return whole.tasks
    .filter(({ taskId }) => !gone.has(taskId))
    .flatMap(({ taskId, dependencies }) =>
      dependencies
        .filter(
          (each) => gone.has(each) && !optional.has(each) && orderOnly.get(taskId)?.includes(each) !== true,
        )
        .map((each) => issue('result_needed', pointerOf(each), `${taskId} uses the result of ${each}.`)),
    );
}

/** A dependency goes only where the optimiser would let it go: no data, no gate, no order of effects is lost. */
function checkDropped(run: RunToAdapt, patch: RunPatch, rules: ChangeRules, pointerOf: PointerOf): Issue[] {
  const before = new Map(run.definition.tasks.map(({ taskId, dependencies }) => [taskId, dependencies]));
  const dropped = patch.changed.flatMap(({ taskId, dependencies }) =>
    (before.get(taskId) ?? [])
      .filter((each) => !dependencies.includes(each))
      .map((dependency) => ({ taskId, dependency })),
  );
  if (dropped.length === 0) return [];
  const nobody = run.definition.tasks.map(() => null);
  const { kept } = optimiseOrder({
    ...{ definition: run.definition, unnecessary: dropped, executors: nobody, limits: new Map() },
    durationUs: new Float64Array(run.definition.tasks.length),
    findTaskType: (name) => rules.findTaskType(name),
    isGate: (task) => rules.isGate(task),
  });
  return kept
    .filter(({ because }) => because !== 'unknown')
    .map(({ taskId, dependency, because }) =>
      issue(
        'dependency_needed',
        `${pointerOf(taskId)}/dependencies`,
        `${taskId} has to wait for ${dependency} (${because}).`,
      ),
    );
}

const issue = (code: string, pointer: string, message: string): Issue => ({ code, pointer, message });

import { isJsonObject } from '../../../common/json.js';
import { formatUsd, parseUsd } from '../../../common/money.js';
import { availabilityOf } from '../../../tasks/domain/registered-task-type.js';
import type { TaskDefinition } from '../../../workflows/domain/definition.js';
import { mayDo } from '../policy.js';
import {
  type AdaptationAction,
  type AdaptationAnswer,
  type Change,
  NO_CHANGE,
  type RunToAdapt,
  type ChangeRules,
} from './adaptation.js';
import { agentFor, applyChanges } from './apply-changes.js';
import { isFit } from './fit-agents.js';
import { restSchedule } from './rest-schedule.js';

/** More cannot be left out to keep a deadline or a budget. */
const MAX_LEFT_OUT = 200;

/** What is found so far. */
interface Found {
  readonly changes: Change[];
  /** What nothing can be done about, for people. */
  readonly unsolved: string[];
}

const changeOf = (
  action: AdaptationAction,
  taskId: string,
  why: string,
  more: Partial<Change> = {},
): Change => ({
  ...NO_CHANGE,
  ...{ action, taskId, why },
  ...more,
});

/**
 * What rules make of known conditions: who is gone is replaced, what cannot be executed is done another declared way or
 * left out where it is optional, a deadline and a budget are kept by leaving out what is optional. Pure; everything it answers passes
 * `applyChanges`.
 */
export function adaptByRules(run: RunToAdapt, rules: ChangeRules): AdaptationAnswer {
  const { changes, unsolved } = findChanges(run, rules);
  const reason = [...new Set(changes.map(({ why }) => why)), ...unsolved].join(' ');
  return { changes, reason: reason === '' ? 'Rules know nothing to change.' : reason.slice(0, 2_000) };
}

/** Whether rules make something of all that was said, and leave nothing unsolved: nobody else has to be asked. */
export function isSolvedByRules(run: RunToAdapt, rules: ChangeRules): boolean {
  const { other } = run.conditions;
  const isMoreSaid = isJsonObject(other) ? Object.keys(other).length > 0 : other !== null;
  return !isMoreSaid && findChanges(run, rules).unsolved.length === 0;
}

function findChanges(
  run: RunToAdapt,
  rules: ChangeRules,
): Pick<AdaptationAnswer, 'changes'> & Pick<Found, 'unsolved'> {
  const found: Found = { changes: [], unsolved: [] };
  replaceDisabled(run, rules, found);
  reassign(run, found);
  keepDeadline(run, rules, found);
  keepBudget(run, found);
  return { changes: fitting(run, found.changes, rules), unsolved: found.unsolved };
}

/** Without those that do not fit, which nobody expects. */
function fitting(run: RunToAdapt, all: readonly Change[], rules: ChangeRules): readonly Change[] {
  let changes = all.filter(({ action }) => mayDo(action, run.executionMode));
  while (changes.length > 0) {
    const applied = applyChanges(run, changes, rules);
    if ('patch' in applied) return changes;
    const wrong = new Set(
      applied.issues.map(({ pointer }) => Number(/^\/changes\/(\d+)/.exec(pointer)?.[1] ?? -1)),
    );
    if (wrong.has(-1)) return [];
    changes = changes.filter((_, index) => !wrong.has(index));
  }
  return [];
}

/** Tasks a change can still be about, with where they are. */
function openTasks({ definition, places }: RunToAdapt, { changes }: Found, statuses = ['pending']) {
  const changed = new Set(changes.map(({ taskId }) => taskId));
  return definition.tasks.flatMap((task, index) => {
    const place = places[index];
    const isOpen = place !== undefined && statuses.includes(place.status);
    return isOpen && !changed.has(task.taskId) ? [{ task, place }] : [];
  });
}

function replaceDisabled(run: RunToAdapt, { findTaskType }: ChangeRules, found: Found): void {
  const named = new Set(run.conditions.taskTypesDisabled);
  const isDisabled = (name: string): boolean => {
    const type = findTaskType(name);
    return named.has(name) || type === undefined || !availabilityOf(type).available;
  };
  for (const { task } of openTasks(run, found)) {
    const { taskId, taskType } = task;
    if (!isDisabled(taskType)) continue;
    const why = `${taskType} cannot be executed any more.`;
    const [first] = task.alternatives ?? [];
    if (first !== undefined && !isDisabled(first.taskType) && mayDo('use_alternative', run.executionMode))
      found.changes.push(changeOf('use_alternative', taskId, why));
    else if (task.optional === true) found.changes.push(changeOf('skip', taskId, why));
    else found.unsolved.push(`${taskId} needs ${taskType}, which cannot be executed, and is not optional.`);
  }
}

function reassign(run: RunToAdapt, found: Found): void {
  const gone = new Set(run.conditions.agentsGone);
  const there = run.agents.filter(({ id }) => !gone.has(id));
  const isThere = (agentId: string | null, task: TaskDefinition): boolean =>
    there.some((agent) => agent.id === agentId && isFit(agent, task));
  for (const { task, place } of openTasks(run, found, ['pending', 'ready'])) {
    if (isThere(place.agentId, task)) continue;
    const { taskId } = task;
    const why = 'Its agent takes no tasks any more.';
    const other = agentFor(task, there);
    if (other !== null) found.changes.push(changeOf('delegate', taskId, why, { toAgentId: other.id }));
    else if (task.optional === true && place.status === 'pending')
      found.changes.push(changeOf('skip', taskId, why));
    else found.unsolved.push(`Nobody else can do ${taskId}.`);
  }
}

/** The longest optional task on the way that decides goes, until the rest fits or nothing optional is on it. */
function keepDeadline(run: RunToAdapt, { findTaskType, isGate }: ChangeRules, found: Found): void {
  const { deadlineSeconds } = run.conditions;
  if (deadlineSeconds === null) return;
  const left = new Set(found.changes.filter(({ action }) => action === 'skip').map(({ taskId }) => taskId));
  let schedule = restSchedule(run, left);
  if (schedule.seconds > deadlineSeconds) {
    const better = new Map(
      schedule.priorities({ findTaskType, isGate }).map((each) => [each.taskId, each.priority]),
    );
    for (const { task } of openTasks(run, found)) {
      const { taskId, dependencies } = task;
      const priority = better.get(taskId);
      if (priority === undefined || task.optional === true) continue;
      found.changes.push(
        changeOf('reorder', taskId, 'The longest way goes first.', { priority, dependencies }),
      );
    }
  }
  while (schedule.seconds > deadlineSeconds && left.size < MAX_LEFT_OUT) {
    const optional = openTasks(run, found)
      .filter(
        ({ task: { taskId, optional: isOptional } }) =>
          isOptional === true && schedule.critical.has(taskId) && !left.has(taskId),
      )
      .sort((a, b) => b.place.seconds - a.place.seconds);
    const longest = optional[0];
    if (longest === undefined) break;
    left.add(longest.task.taskId);
    found.changes.push(changeOf('skip', longest.task.taskId, 'The rest would take too long.'));
    schedule = restSchedule(run, left);
  }
  if (schedule.seconds > deadlineSeconds)
    found.unsolved.push(`The rest takes about ${schedule.seconds} s, more than ${deadlineSeconds} s.`);
}

/** The dearest optional tasks go first. */
function keepBudget(run: RunToAdapt, found: Found): void {
  const { budgetUsd } = run.conditions;
  if (budgetUsd === null) return;
  const paid = openTasks(run, found)
    .map(({ task, place }) => ({ task, cost: parseUsd(place.costUsd) }))
    .filter(({ cost }) => cost > 0n)
    .sort((a, b) => (b.cost > a.cost ? 1 : b.cost < a.cost ? -1 : 0));
  let rest = paid.reduce((sum, { cost }) => sum + cost, 0n);
  for (const { task, cost } of paid) {
    if (rest <= parseUsd(budgetUsd)) return;
    if (task.optional !== true) continue;
    found.changes.push(changeOf('skip', task.taskId, 'The rest would cost too much.'));
    rest -= cost;
  }
  if (rest > parseUsd(budgetUsd))
    found.unsolved.push(`The rest may cost ${formatUsd(rest)} USD, more than ${budgetUsd} USD.`);
}

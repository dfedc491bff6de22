import type { Issue } from '../../../common/issue.js';
import { TASK_ID_PATTERN, type TaskDefinition } from '../../../workflows/domain/definition.js';
import { effectsOfTasks } from '../../../workflows/domain/effects.js';
import { mayDo } from '../policy.js';
import { ADAPTATION_ACTIONS, type Change, type RunToAdapt, type ChangeRules } from './adaptation.js';
import { isFit } from './fit-agents.js';

/** What a change is checked against. */
interface Against {
  readonly run: RunToAdapt;
  readonly rules: ChangeRules;
  /** Position in the definition by taskId. */
  readonly placeOf: ReadonlyMap<string, number>;
}

/** A change with what it is about. */
interface Checked extends Against {
  readonly change: Change;
  readonly task: TaskDefinition;
}

/** What is wrong with one change on its own. Pointers into the change. Pure. */
export function checkChange(change: Change, against: Against): readonly Issue[] {
  const { run, placeOf } = against;
  const { action, taskId } = change;
  if (!mayDo(action, run.executionMode)) {
    const allowed = ADAPTATION_ACTIONS.filter((each) => mayDo(each, run.executionMode));
    const message = `${action} is not allowed in the mode ${run.executionMode}.`;
    return [{ ...issue('action_not_allowed', '/action', message), allowed }];
  }
  const index = placeOf.get(taskId) ?? -1;
  const task = run.definition.tasks[index];
  if (action === 'insert_task') return task === undefined ? checkNew(change, against) : [taken(taskId)];
  if (task === undefined)
    return [issue('unknown_task', '/taskId', `There is no task ${JSON.stringify(taskId)}.`)];
  const { status } = run.places[index] ?? { status: 'succeeded' };
  const isOpen = status === 'pending' || (status === 'ready' && action === 'delegate');
  if (!isOpen)
    return [
      issue('task_begun', '/taskId', `Task ${taskId} is ${status}: only what has not begun can change.`),
    ];
  return CHECKS[action]({ ...against, change, task });
}

const CHECKS: Readonly<
  Record<Exclude<Change['action'], 'insert_task'>, (checked: Checked) => readonly Issue[]>
> = {
  delegate: ({ run, change, task }) => {
    const fit = run.agents.filter((agent) => isFit(agent, task)).map(({ id }) => id);
    const message = `No agent that could do ${task.taskId} has the id ${JSON.stringify(change.toAgentId)}.`;
    return fit.includes(change.toAgentId ?? '')
      ? []
      : [{ ...issue('unknown_agent', '/toAgentId', message), allowed: fit }];
  },
  skip: ({ task }) =>
    task.optional === true ? [] : [issue('task_required', '/action', `Task ${task.taskId} is not optional.`)],
  use_alternative: ({ task, rules }) =>
    (task.alternatives ?? []).length === 0
      ? [issue('no_alternative', '/action', `Task ${task.taskId} declares no alternative.`)]
      : keepsIrreversible(task, rules),
  // Which of them may go is seen when all changes are together.
  reorder: () => [],
  replace_task: ({ task, rules }) => [...keepsPeople(task), ...keepsIrreversible(task, rules)],
  remove_task: ({ task, rules }) => [...keepsPeople(task), ...keepsIrreversible(task, rules)],
};

/** What people were to decide is not taken from them. */
const keepsPeople = ({ taskId, taskType }: TaskDefinition): readonly Issue[] =>
  taskType.startsWith('human.')
    ? [issue('person_decides', '/taskId', `Task ${taskId} asks a person, and goes on doing so.`)]
    : [];

function keepsIrreversible(task: TaskDefinition, { findTaskType }: ChangeRules): readonly Issue[] {
  const { alternatives: _others, compensation: _undo, ...work } = task;
  return effectsOfTasks([work], (name) => findTaskType(name)).includes('irreversible')
    ? [
        issue(
          'irreversible',
          '/taskId',
          `Task ${task.taskId} may have an effect that cannot be undone: a person decides about it.`,
        ),
      ]
    : [];
}

function checkNew({ taskId, taskType, before }: Change, { run, placeOf }: Against): readonly Issue[] {
  const issues: Issue[] = [];
  if (!TASK_ID_PATTERN.test(taskId))
    issues.push(issue('invalid_task_id', '/taskId', 'must be lower-case letters, digits and hyphens.'));
  if (taskType === null) issues.push(issue('missing_task_type', '/taskType', 'A new task needs a type.'));
  before.forEach((later, at) => {
    if (run.places[placeOf.get(later) ?? -1]?.status !== 'pending')
      issues.push(
        issue('task_begun', `/before/${at}`, `${JSON.stringify(later)} is no task that has yet to begin.`),
      );
  });
  return issues;
}

const taken = (taskId: string): Issue =>
  issue('duplicate_task', '/taskId', `There is a task ${JSON.stringify(taskId)} already.`);

const issue = (code: string, pointer: string, message: string): Issue => ({ code, pointer, message });

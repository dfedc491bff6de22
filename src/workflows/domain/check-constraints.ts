import type { Issue } from '../../common/issue.js';
import { jsonPointer, type JsonValue } from '../../common/json.js';
import { parseUsd } from '../../common/money.js';
import { covers } from '../../tasks/domain/capability.js';
import type { Definition, TaskWork } from './definition.js';
import type { PlanConstraints } from './plan-constraints.js';
import type { Quote } from './quote.js';
import { mayHoldReference } from './template.js';

type Path = readonly (string | number)[];
type Checked = Pick<Definition, 'tasks'>;

interface WorkAt {
  readonly work: TaskWork;
  readonly path: Path;
}

/** Everything that may be executed: tasks, their alternatives, their compensations. */
function worksOf({ tasks }: Checked): WorkAt[] {
  return tasks.flatMap((task, index) => [
    { work: task, path: ['tasks', index] },
    ...(task.alternatives ?? []).map((work, at) => ({ work, path: ['tasks', index, 'alternatives', at] })),
    ...(task.compensation === undefined
      ? []
      : [{ work: task.compensation, path: ['tasks', index, 'compensation'] }]),
  ]);
}

function checkTypes({ taskTypes }: PlanConstraints, works: readonly WorkAt[]): Issue[] {
  if (taskTypes === undefined) return [];
  return works
    .filter(({ work }) => !taskTypes.some((pattern) => covers(pattern, work.taskType)))
    .map(({ work, path }) => ({
      code: 'task_type_not_allowed',
      pointer: jsonPointer([...path, 'taskType']),
      message: `${JSON.stringify(work.taskType)} is not among the task types the constraints allow.`,
      allowed: taskTypes,
    }));
}

/** Without a named agent the task goes to whoever is capable, who may be another. */
function checkAgents({ agentIds }: PlanConstraints, { tasks }: Checked): Issue[] {
  if (agentIds === undefined) return [];
  return tasks.flatMap(({ agentId }, index) =>
    agentId !== undefined && agentIds.includes(agentId)
      ? []
      : [
          {
            code: 'agent_not_allowed',
            pointer: `/tasks/${index}/agentId`,
            message:
              agentId === undefined
                ? 'The constraints name agents, so every task has to name one of them.'
                : `The agent ${JSON.stringify(agentId)} is not among those the constraints allow.`,
            allowed: agentIds,
          },
        ],
  );
}

const NAMED_URL = /^(.*[a-z])?(url|uri|endpoint|webhook)s?$/i;
const URL_TEXT = /^[a-z][a-z0-9+.-]{0,30}:\/\//i;

const isAllowed = (host: string, allowed: readonly string[]): boolean =>
  allowed.some((pattern) =>
    pattern.startsWith('*.') ? host.endsWith(pattern.slice(1).toLowerCase()) : host === pattern.toLowerCase(),
  );

/** The host of a URL as it is written; null: only known when the task runs. */
function hostOf(text: string): string | null {
  const [scheme = ''] = URL_TEXT.exec(text) ?? [];
  const [authority = ''] = text.slice(scheme.length).split(/[/?#]/);
  if (scheme === '' || mayHoldReference(authority)) return null;
  return URL.canParse(scheme + authority) ? new URL(scheme + authority).hostname : null;
}

function textsIn(value: JsonValue, path: Path, isUrl: boolean): { text: string; path: Path }[] {
  if (typeof value === 'string') return isUrl || URL_TEXT.test(value) ? [{ text: value, path }] : [];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, each]) =>
    textsIn(each, [...path, name], isUrl || NAMED_URL.test(name)),
  );
}

/** The hosts that its parameters name, each once; those that are known only when a task runs are missing. Linear. */
export function hostsIn(definition: Checked): string[] {
  const texts = worksOf(definition).flatMap(({ work }) => textsIn(work.parameters, [], false));
  return [...new Set(texts.map(({ text }) => hostOf(text)).filter((host) => host !== null))];
}

function checkHosts({ hosts }: PlanConstraints, works: readonly WorkAt[]): Issue[] {
  if (hosts === undefined) return [];
  return works
    .flatMap(({ work, path }) => textsIn(work.parameters, [...path, 'parameters'], false))
    .flatMap(({ text, path }) => {
      const host = hostOf(text);
      if (host !== null && isAllowed(host, hosts)) return [];
      const what =
        host === null ? 'An address that is known only at run time' : `The host ${JSON.stringify(host)}`;
      const message = `${what} is not among those the constraints allow.`;
      return [{ code: 'host_not_allowed', pointer: jsonPointer(path), message, allowed: hosts }];
    });
}

function checkQuote({ deadlineSeconds, budgetUsd }: PlanConstraints, quote: Quote): Issue[] {
  const issues: Issue[] = [];
  if (deadlineSeconds !== undefined && quote.criticalPathSeconds > deadlineSeconds)
    issues.push({
      code: 'deadline_too_short',
      pointer: '/constraints/deadlineSeconds',
      message: `The longest path takes ${quote.criticalPathSeconds} s, more than ${deadlineSeconds} s: ${quote.criticalPath.join(' → ')}.`,
    });
  if (budgetUsd !== undefined && parseUsd(quote.cost.maximumUsd) > parseUsd(budgetUsd))
    issues.push({
      code: 'over_budget',
      pointer: '/constraints/budgetUsd',
      message: `Its model tasks may cost ${quote.cost.maximumUsd} USD, more than ${budgetUsd} USD.`,
    });
  return issues;
}

/** How a definition breaks constraints: all of it. Pointers into the definition, but those of deadline and budget. Linear. */
export function checkConstraints(
  definition: Checked,
  constraints: PlanConstraints,
  quote: Quote | null,
): Issue[] {
  const works = worksOf(definition);
  const { maxTasks = Infinity } = constraints;
  const count = definition.tasks.length;
  return [
    ...(count > maxTasks
      ? [
          {
            code: 'too_many_tasks',
            pointer: '/constraints/maxTasks',
            message: `The plan has ${count} tasks, more than ${maxTasks}.`,
          },
        ]
      : []),
    ...checkTypes(constraints, works),
    ...checkAgents(constraints, definition),
    ...checkHosts(constraints, works),
    ...(quote === null ? [] : checkQuote(constraints, quote)),
  ];
}

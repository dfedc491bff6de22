import type { PlannedTask } from './plan-schema.ts';

const MAX_TASKS = 60;
const MAX_VALUE = 60;
const REFERENCE = /^\{\{\s*tasks\.([a-z0-9-]+)\.result\.?(.*?)\s*\}\}$/;

function valueText(value: unknown): string {
  const [, taskId, field] = (typeof value === 'string' ? REFERENCE.exec(value) : null) ?? [];
  if (taskId !== undefined) return `← ${taskId}${field === '' ? '' : `.${field}`}`;
  const text = JSON.stringify(value) ?? '';
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE - 1).toWellFormed()}…` : text;
}

function conditionText({ value, ...comparison }: NonNullable<PlannedTask['when']>): string {
  const tests = Object.entries(comparison).map(([name, literal]) => `${name} ${JSON.stringify(literal)}`);
  return `only if ${valueText(value).replace('← ', '')} ${tests.join(' ')}`;
}

/** What a task is given, whether it runs, and what else it waits for than the task above it. */
function detailsOf({ parameters, when, dependencies }: PlannedTask, above: string | null): string[] {
  const values = Object.entries(parameters).map(([name, value]) => `${name} ${valueText(value)}`);
  const others = dependencies.filter((taskId) => taskId !== above);
  return [
    ...(when === undefined ? [] : [conditionText(when)]),
    ...(others.length === 0 ? [] : [`also after ${others.join(', ')}`]),
    ...(values.length === 0 ? [] : [values.join(' · ')]),
  ];
}

/** Of each task the one it is drawn below: its last dependency, so that everything above a task comes before it. */
function parentsOf(tasks: readonly PlannedTask[]): Map<string, string | null> {
  const position = new Map(tasks.map(({ taskId }, index) => [taskId, index]));
  const last = (dependencies: readonly string[]): string | null => {
    const known = dependencies.filter((taskId) => position.has(taskId));
    return known.reduce<string | null>(
      (best, taskId) =>
        best === null || (position.get(taskId) ?? 0) > (position.get(best) ?? 0) ? taskId : best,
      null,
    );
  };
  return new Map(tasks.map(({ taskId, dependencies }) => [taskId, last(dependencies)]));
}

/** The graph as a tree of lines: each task once, below the last one it waits for. */
export function taskTree(tasks: readonly PlannedTask[]): string[] {
  const shown = tasks.slice(0, MAX_TASKS);
  const parents = parentsOf(shown);
  const below = Map.groupBy(shown, ({ taskId }) => parents.get(taskId) ?? null);
  const draw = (parent: string | null, indent: string): string[] => {
    const children = below.get(parent) ?? [];
    return children.flatMap((task, index) => {
      const isLast = index === children.length - 1;
      const [branch, rest] = parent === null ? ['', ''] : isLast ? ['└─ ', '   '] : ['├─ ', '│  '];
      const stem = below.has(task.taskId) ? '│    ' : '     ';
      return [
        `${indent}${branch}${task.taskId} · ${task.taskType}`,
        ...detailsOf(task, parent).map((line) => indent + rest + stem + line),
        ...draw(task.taskId, indent + rest),
      ];
    });
  };
  const more = tasks.length - shown.length;
  return [...draw(null, ''), ...(more > 0 ? [`… ${more} more tasks`] : [])];
}

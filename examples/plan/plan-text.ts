import type { ShownPlan } from './plan-schema.ts';
import { taskTree } from './task-tree.ts';

const seconds = (value: number): string => `${value.toFixed(2)} s`;

const PEOPLE = new Set(['human.task', 'human.approval']);

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

function quoteLines({ quote, costUsd, definition }: ShownPlan): string[] {
  const { tasks, depth, width, durationSeconds, effects, cost } = quote;
  const { p50, p95 } = durationSeconds;
  const asked = definition.tasks.filter(({ taskType }) => PEOPLE.has(taskType)).length;
  return [
    `Quote     ${counted(tasks, 'task')}, ${depth} deep, ${width} wide`,
    `Takes     about ${seconds(p50)}, rarely over ${seconds(p95)}${asked === 0 ? '' : ', and as long as people take'}`,
    ...(asked === 0 ? [] : [`People    ${counted(asked, 'question')} to answer`]),
    `Effects   ${effects.join(', ')}`,
    `Models    a run costs at most ${cost.maximumUsd} USD; this plan did cost ${costUsd} USD`,
  ];
}

/** What the planner says, below the task it speaks of; what concerns the whole comes first. */
function whyLines({ diagnostics, definition }: ShownPlan): string[] {
  const taskOf = (pointer: string): string => {
    const [, index] = /^\/tasks\/(\d+)/.exec(pointer) ?? [];
    return definition.tasks[Number(index ?? Number.NaN)]?.taskId ?? '';
  };
  const groups = Map.groupBy(diagnostics, ({ pointer }) => taskOf(pointer));
  const names = ['', ...definition.tasks.map(({ taskId }) => taskId)].filter((name) => groups.has(name));
  return names.flatMap((name) => [
    ...(name === '' ? [] : [`  ${name}`]),
    ...(groups.get(name) ?? []).map(
      ({ severity, message }) =>
        `  ${name === '' ? '' : '  '}${severity === 'warning' ? '! ' : ''}${message}`,
    ),
  ]);
}

const BY: Readonly<Record<string, string>> = {
  model: 'by a model',
  cache: 'by a model, out of the cache',
  rule: 'by what approved plans taught',
  twin: 'by rules',
};

/** A plan for people: who made it, the graph as a tree, the quote, why it is so. */
export function planText(plan: ShownPlan): string {
  const { version, source, reason } = plan;
  const head = `Plan, version ${version}, ${BY[source] ?? source} (${reason})`;
  const why = whyLines(plan);
  return [
    head,
    '',
    ...taskTree(plan.definition.tasks),
    '',
    ...quoteLines(plan),
    ...(why.length === 0 ? [] : ['', 'Why', ...why]),
  ].join('\n');
}

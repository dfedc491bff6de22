import type { Effect } from '../../tasks/domain/effect.js';
import type { Definition, TaskDefinition } from './definition.js';

/** More is no picture any more. */
const MAX_NODES = 500;
/** Mermaid draws no more: its `maxEdges` and `maxTextSize` as they come (50,000 characters, the last lines kept free). */
const MAX_EDGES = 500;
const MAX_CHARACTERS = 49_000;
const MAX_LABEL = 60;

/** Text as a label in quotes: characters with a meaning become entity codes of Mermaid, whatever the text is. */
function label(text: string): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  const short = plain.length > MAX_LABEL ? `${plain.slice(0, MAX_LABEL - 1)}…` : plain;
  return [...short.toWellFormed()]
    .map((character) =>
      /[\p{L}\p{N} .,:…→≠=/-]/u.test(character) ? character : `#${String(character.codePointAt(0))};`,
    )
    .join('');
}

const SHAPES: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['human.task', ['[/', '/]']],
  ['human.approval', ['{{', '}}']],
  ['workflow.run', ['[[', ']]']],
]);
const BOX = ['[', ']'] as const;

function condition({ when }: TaskDefinition): string {
  if (when === undefined) return '';
  const { value, equals, notEquals, in: among } = when;
  const test = Object.hasOwn(when, 'in')
    ? `in ${JSON.stringify(among)}`
    : Object.hasOwn(when, 'notEquals')
      ? `≠ ${JSON.stringify(notEquals)}`
      : `= ${JSON.stringify(equals)}`;
  return `<br/>${label(`if ${value.replace(/^\{\{\s*|\s*\}\}$/g, '')} ${test}`)}`;
}

function node(task: TaskDefinition, index: number, effect: Effect): string {
  const [open, close] = SHAPES.get(task.taskType) ?? BOX;
  const kind = effect === 'irreversible' ? ':::irreversible' : task.optional === true ? ':::optional' : '';
  return `  n${index}${open}"${label(task.taskId)}<br/>${label(task.taskType)}${condition(task)}"${close}${kind}`;
}

/** The first tasks with all that connects them; null: too much for one picture. */
function draw(shown: readonly TaskDefinition[], effectOf: (task: TaskDefinition) => Effect): string[] | null {
  const indexes = new Map(shown.map(({ taskId }, index) => [taskId, index]));
  const edges = shown.flatMap(({ dependencies }, index) =>
    [...new Set(dependencies)]
      .filter((taskId) => indexes.has(taskId))
      .map((taskId) => `  n${String(indexes.get(taskId))} --> n${index}`),
  );
  if (edges.length > MAX_EDGES) return null;
  const lines = [...shown.map((task, index) => node(task, index, effectOf(task))), ...edges];
  return lines.reduce((sum, line) => sum + line.length + 1, 0) > MAX_CHARACTERS ? null : lines;
}

/**
 * A flowchart (https://mermaid.js.org, version 11) of the graph: a node a task with its type and condition, an arrow a
 * dependency; of a large graph as many of the first tasks as Mermaid draws. `effectOf`: what a type may do outside. No text
 * of the definition can add a node, an edge or markup.
 */
export function toMermaid({ tasks }: Definition, effectOf: (task: TaskDefinition) => Effect): string {
  let count = Math.min(tasks.length, MAX_NODES);
  let lines = draw(tasks.slice(0, count), effectOf);
  while (lines === null) {
    count = Math.floor(count * 0.9);
    lines = draw(tasks.slice(0, count), effectOf);
  }
  const rest = tasks.length - count;
  return [
    'flowchart TD',
    ...lines,
    ...(rest > 0 ? [`  more["${rest} more ${rest === 1 ? 'task' : 'tasks'}"]`] : []),
    '  classDef irreversible stroke:#c00,stroke-width:3px',
    '  classDef optional stroke-dasharray:4 4',
    '',
  ].join('\n');
}

import type { Effect } from '../../tasks/domain/effect.js';
import type { Definition, TaskDefinition } from './definition.js';

/** More is no picture any more. */
const MAX_NODES = 500;
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

const SHAPES: Readonly<Record<string, readonly [string, string]>> = {
  'human.task': ['[/', '/]'],
  'human.approval': ['{{', '}}'],
  'workflow.run': ['[[', ']]'],
};
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
  const [open, close] = SHAPES[task.taskType] ?? BOX;
  const kind = effect === 'irreversible' ? ':::irreversible' : task.optional === true ? ':::optional' : '';
  return `  n${index}${open}"${label(task.taskId)}<br/>${label(task.taskType)}${condition(task)}"${close}${kind}`;
}

/**
 * A flowchart (https://mermaid.js.org, version 11) of the graph: a node a task with its type and condition, an arrow a
 * dependency. `effectOf`: what a type may do outside. No text of the definition can add a node, an edge or markup.
 */
export function toMermaid({ tasks }: Definition, effectOf: (task: TaskDefinition) => Effect): string {
  const shown = tasks.slice(0, MAX_NODES);
  const indexes = new Map(shown.map(({ taskId }, index) => [taskId, index]));
  const edges = shown.flatMap(({ dependencies }, index) =>
    [...new Set(dependencies)]
      .filter((taskId) => indexes.has(taskId))
      .map((taskId) => `  n${String(indexes.get(taskId))} --> n${index}`),
  );
  const rest = tasks.length - shown.length;
  return [
    'flowchart TD',
    ...shown.map((task, index) => node(task, index, effectOf(task))),
    ...edges,
    ...(rest > 0 ? [`  more["${rest} more tasks"]`] : []),
    '  classDef irreversible stroke:#c00,stroke-width:3px',
    '  classDef optional stroke-dasharray:4 4',
    '',
  ].join('\n');
}

import type { Issue } from '../../../common/issue.js';
import { jsonPointer, type JsonValue } from '../../../common/json.js';
import type { Definition } from '../../../workflows/domain/definition.js';
import type { CatalogueEntry } from '../../domain/catalogue-entry.js';
import { slotsOf } from '../../rules/domain/fill/slot.js';
import { isEmpty } from './decode-value.js';

/** Words that stand for a value nobody has thought of. */
const PLACEHOLDER =
  /^(?:<[^<>:]{0,80}>|\[[^[\]]{0,80}\]|\.{3}|…|x{3,}|to ?do|tbd|fixme|n\/?a|none|null|undefined|unknown|placeholder|string|value|text|example|sample|dummy|foo|bar|lorem ipsum.*|your[ _-].{1,60}|some[ _-].{1,60}|(?:insert|enter|put)[ _-].{1,60}(?:here)?|.{1,60}[ _-](?:goes|comes)[ _-]here)$/is;

const isPlaceholder = (text: string, request: string): boolean =>
  PLACEHOLDER.test(text.trim()) && !request.toLowerCase().includes(text.trim().toLowerCase());

function placeholdersIn(value: JsonValue, path: readonly PropertyKey[], request: string): Issue[] {
  if (typeof value === 'string') {
    if (value.length > 200 || !isPlaceholder(value, request)) return [];
    const message = `${JSON.stringify(value)} is a placeholder. Give the value, or leave the parameter out.`;
    return [{ code: 'placeholder', pointer: jsonPointer(path), message }];
  }
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, each]) => placeholdersIn(each, [...path, name], request));
}

const normal = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

/** Of a request of several parts: one task that only hands all of it on. */
function repeatsRequest({ tasks }: Definition, request: string): Issue[] {
  const [only] = tasks;
  if (tasks.length !== 1 || only === undefined || normal(request).split(' ').length < 6) return [];
  const texts = Object.values(only.parameters).filter((value) => typeof value === 'string');
  if (!texts.some((text) => normal(text) === normal(request))) return [];
  const message = 'One task that repeats the request is no plan. Split it into what has to be done.';
  return [{ code: 'repeats_request', pointer: '/tasks/0', message }];
}

/**
 * What makes a valid definition no plan: no tasks, required parameters that hold nothing, placeholders, one task that
 * repeats the request. Values the request itself holds are no placeholders.
 */
export function saysNothing(
  definition: Definition,
  request: string,
  catalogue: readonly CatalogueEntry[],
): Issue[] {
  const entries = new Map(catalogue.map((entry) => [entry.name, entry]));
  const issues = definition.tasks.flatMap(({ taskType, parameters }, index) => {
    const entry = entries.get(taskType);
    const path = ['tasks', index, 'parameters'];
    const literal = entry?.literalParameters ?? new Set<string>();
    const required = entry === undefined ? [] : slotsOf(entry).all.filter(({ isRequired }) => isRequired);
    const empty = required
      .filter(
        ({ name, types }) =>
          types.has('string') && Object.hasOwn(parameters, name) && isEmpty(parameters[name] as JsonValue),
      )
      .map(({ name }) => ({
        code: 'empty_parameter',
        pointer: jsonPointer([...path, name]),
        message: `${JSON.stringify(name)} is required and holds nothing.`,
      }));
    const given = Object.entries(parameters).filter(([name]) => !literal.has(name));
    return [...empty, ...given.flatMap(([name, value]) => placeholdersIn(value, [...path, name], request))];
  });
  if (definition.tasks.length === 0)
    issues.push({ code: 'empty_plan', pointer: '/tasks', message: 'The plan has no tasks.' });
  return [...issues, ...repeatsRequest(definition, request)];
}

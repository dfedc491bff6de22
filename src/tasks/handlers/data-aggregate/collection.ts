import { isJsonObject } from '../../../common/json.js';
import { TaskError } from '../../domain/task-error.js';
import { memberFinder } from './member-finder.js';

/** One element of a collection; `label` names it in messages: its index, or its key in a map. */
export interface Element {
  readonly label: string;
  readonly value: unknown;
}

const MAX_NAMES = 20;

function namesOf(value: object): string {
  const names = Object.keys(value);
  if (names.length === 0) return 'it has no members';
  const more = names.length > MAX_NAMES ? `, and ${names.length - MAX_NAMES} more` : '';
  return `it has ${names
    .slice(0, MAX_NAMES)
    .map((name) => JSON.stringify(name))
    .join(', ')}${more}`;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : typeof value;
}

function invalid(code: string, message: string): TaskError {
  return new TaskError({ code, class: 'invalid_input', effect: 'none', message });
}

function memberOf(input: unknown, from: string): unknown {
  if (Array.isArray(input)) return input;
  if (!isJsonObject(input)) {
    throw invalid(
      'unknown_member',
      `"from" names the member ${JSON.stringify(from)}, but "input" is ${kindOf(input)}.`,
    );
  }
  const member = memberFinder(from)(input);
  if (member !== undefined) return member;
  throw invalid('unknown_member', `"input" has no member ${JSON.stringify(from)}; ${namesOf(input)}.`);
}

/** The elements of an array, or the values of a map in its order; `from` names the member of `input`, unless that is an array itself. */
export function collectionOf(input: unknown, from: string | undefined): readonly Element[] {
  const collection = from === undefined ? input : memberOf(input, from);
  if (Array.isArray(collection)) {
    return collection.map((value: unknown, index) => ({ label: `Element ${index}`, value }));
  }
  if (isJsonObject(collection)) {
    return Object.entries(collection).map(([key, value]) => ({
      label: `Element ${JSON.stringify(key)}`,
      value,
    }));
  }
  const what = from === undefined ? '"input"' : `The member ${JSON.stringify(from)} of "input"`;
  throw invalid('not_a_collection', `${what} is ${kindOf(collection)}; it must be an array or a map.`);
}

import { z } from 'zod';
import { sentence, shown, shownUnlessText } from './wording.js';

type RawIssue = z.core.$ZodRawIssue;

const NOUNS: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'a boolean',
  array: 'an array',
  object: 'an object',
  record: 'an object',
  null: 'null',
  nonoptional: 'a value',
};
const nounOf = (expected: string): string => NOUNS[expected] ?? expected;

const FORMATS: Readonly<Record<string, string>> = {
  uuid: 'a UUID',
  datetime: 'an RFC 3339 time, such as 2026-11-22T09:30:00Z',
  date: 'a date, such as 2026-11-22',
  url: 'a URL',
};

/** What a length counts; absent for numbers, which are compared themselves. */
const UNITS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  string: ['character', 'characters'],
  array: ['item', 'items'],
  set: ['item', 'items'],
  map: ['field', 'fields'],
  object: ['field', 'fields'],
};

const counted = (count: number, [one, many]: readonly [string, string]): string =>
  `${count} ${count === 1 ? one : many}`;

function lengthOf(input: unknown): number {
  if (typeof input === 'string' || Array.isArray(input)) return input.length;
  return typeof input === 'object' && input !== null ? Object.keys(input).length : 0;
}

type Limit = {
  readonly origin: string;
  readonly limit: number;
  readonly words: string;
  readonly input: unknown;
};

function outside({ origin, limit, words, input }: Limit): string {
  const unit = UNITS[origin];
  if (unit === undefined) return `must be ${words} ${limit}; got ${shown(input)}`;
  const length = lengthOf(input);
  if (limit === 1 && length === 0) return 'must not be empty';
  return `must have ${words} ${counted(limit, unit)}; has ${length}`;
}

function typeMessage(expected: string, input: unknown): string {
  if (input === undefined) return `is missing; expected ${nounOf(expected)}`;
  // What was no number in a query is NaN here.
  const got = Number.isNaN(input) ? '' : `; got ${shownUnlessText(input)}`;
  return `must be ${nounOf(expected)}${got}`;
}

function allowedMessage(values: readonly unknown[], input: unknown): string {
  if (input === undefined)
    return `is missing; expected ${values.length === 1 ? '' : 'one of '}${values.join(', ')}`;
  return `must be ${values.length === 1 ? '' : 'one of '}${values.join(', ')}; got ${shown(input)}`;
}

function messageOf(issue: RawIssue): string {
  const { input } = issue;
  switch (issue.code) {
    case 'invalid_type':
      return typeMessage(issue.expected as string, input);
    case 'invalid_value':
      return allowedMessage(issue.values as readonly unknown[], input);
    case 'too_small': {
      const words = issue.inclusive === false ? 'more than' : 'at least';
      return outside({ origin: issue.origin as string, limit: Number(issue.minimum), words, input });
    }
    case 'too_big': {
      const words = issue.inclusive === false ? 'less than' : 'at most';
      return outside({ origin: issue.origin as string, limit: Number(issue.maximum), words, input });
    }
    case 'not_multiple_of':
      return `must be a multiple of ${String(issue.divisor)}; got ${shown(input)}`;
    case 'invalid_format': {
      const known = FORMATS[issue.format as string];
      if (known !== undefined) return `must be ${known}; got ${shown(input)}`;
      return `does not have the form ${String(issue.pattern ?? issue.format)}`;
    }
    case 'unrecognized_keys':
      return unknownField((issue.keys as readonly string[])[0] ?? '');
    case 'invalid_key':
    case 'invalid_element':
      return (issue.issues as readonly z.core.$ZodIssue[])[0]?.message ?? 'is not allowed';
    case 'invalid_union':
      return 'fits none of the allowed forms';
    default:
      return 'is not allowed';
  }
}

/** What a field is told that nobody asked for. */
export const unknownField = (name: string): string => `There is no field ${shown(name)} here.`;

/** The words of every schema that has none of its own. Text that was given shows only where no secret belongs. */
z.config({ localeError: (issue) => sentence(messageOf(issue)) });

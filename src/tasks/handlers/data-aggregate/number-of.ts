import { TaskError } from '../../domain/task-error.js';

const NUMERIC_TEXT = /^\s*[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?\s*$/i;

/** A number, also where it is written as text (CSV knows nothing else). `label` names the element in the message. */
export function numberOf(value: unknown, label: string, field: string | undefined): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && NUMERIC_TEXT.test(value)) {
    const number = Number(value);
    if (Number.isFinite(number)) return number;
  }
  const found = value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 80);
  const where = field === undefined ? 'is not a number' : `has no number in ${JSON.stringify(field)}`;
  throw new TaskError({
    code: 'not_a_number',
    class: 'invalid_input',
    effect: 'none',
    message: `${label} ${where}, but ${found}. Leave such elements out with "where", or choose another field.`,
  });
}

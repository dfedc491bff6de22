import { isJsonObject, type JsonObject, type JsonValue } from '../../../common/json.js';
import { onlyReference } from '../../../workflows/domain/reference.js';
import { parseTemplate } from '../../../workflows/domain/template.js';
import { decodeValue, isEmpty } from './decode-value.js';
import { listOf } from './raw-task.js';
import type { Place, ReferenceMender } from './repair-references.js';
import { quoted, type Repairs } from './repairs.js';

const OPERATORS = ['equals', 'notEquals', 'in'] as const;
const SCALAR = new Set(['string', 'number', 'boolean'] as const);
const MESSAGE = 'A condition is one reference, and the value it has to equal.';

/** `{ value, equals }` as it was asked for in a list, where values are JSON text; elsewhere they are what they are. */
function comparisonIn(condition: JsonObject, isEncoded: boolean): [string, JsonValue] | null {
  const given = OPERATORS.filter((name) => Object.hasOwn(condition, name));
  const [operator] = given;
  if (operator === undefined || given.length > 1) return null;
  const operand = decodeValue(condition[operator] as JsonValue, {}, isEncoded);
  return [operator, operator === 'in' && !Array.isArray(operand) ? [operand] : operand];
}

/** When a task runs, in our form; null: always. What cannot be read is an issue. */
export function readCondition(
  raw: JsonValue | undefined,
  from: number,
  mender: ReferenceMender,
  repairs: Repairs,
): JsonObject | null {
  const path = ['tasks', from, 'when'];
  const [condition, ...others] = listOf(raw);
  if (condition === undefined || isEmpty(condition)) return null;
  const value = isJsonObject(condition) && Object.hasOwn(condition, 'value') ? condition['value'] : null;
  const comparison = isJsonObject(condition) ? comparisonIn(condition, Array.isArray(raw)) : null;
  if (others.length > 0 || typeof value !== 'string' || comparison === null) {
    repairs.broken('invalid_condition', path, MESSAGE);
    return null;
  }
  const place: Place = { from, path: [...path, 'value'], types: SCALAR };
  const reference = mender.alone(value, place) ?? mender.within(value, place);
  const parsed = parseTemplate(reference);
  if (!parsed.ok || onlyReference(parsed.template) === null)
    repairs.broken('invalid_condition', place.path, `${quoted(value)} is not one reference. ${MESSAGE}`);
  return { value: reference, [comparison[0]]: comparison[1] };
}

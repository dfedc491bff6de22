import { jsonPointer, type JsonObject, type JsonValue } from '../../../../src/common/json.js';
import { type Difference, shown } from './difference.js';
import type { Direction } from './step.js';

interface Limited {
  readonly recorded: JsonObject;
  readonly now: JsonObject;
  readonly direction: Direction;
  readonly path: readonly string[];
}

const LOWER = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'];
const UPPER = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'];
const EXACT = ['pattern', 'format', 'multipleOf', 'uniqueItems'];

const isTighter = (key: string, before: JsonValue | undefined, after: JsonValue): boolean => {
  if (before === undefined) return true;
  if (LOWER.includes(key)) return Number(after) > Number(before);
  if (UPPER.includes(key)) return Number(after) < Number(before);
  return after !== before;
};

/** What a client may send may not become less; what it reads keeps its format. */
export function compareLimits({ recorded, now, direction, path }: Limited): Difference[] {
  const broken =
    direction === 'request'
      ? [...LOWER, ...UPPER, ...EXACT].filter((key) => {
          const after = now[key];
          return after !== undefined && isTighter(key, recorded[key], after);
        })
      : ['format'].filter((key) => recorded[key] !== undefined && now[key] !== recorded[key]);
  return broken.map((key) => ({
    pointer: jsonPointer([...path, key]),
    recorded: shown(recorded[key]),
    now: shown(now[key]),
  }));
}

import { isJsonObject, jsonPointer, type JsonObject, type JsonValue } from '../../../../src/common/json.js';
import { compareSchema } from './compare-schema.js';
import { type Difference, shown } from './difference.js';
import { Bindings, matchesText } from './match-text.js';
import { ruleAt } from './pointers.js';
import type { Step } from './step.js';

type Rules = Pick<Step, 'open' | 'schemas'>;
type Path = readonly string[];
type List = readonly JsonValue[];

/** Texts for people, whose wording may change: there has to be one. */
const PROSE = new Set(['message', 'detail']);

/**
 * Finds what of a recording does not hold now. Fields may be added; each recorded one has to be there with an equal
 * value, lists with as many items. The names in recordings (`<uuid:1>`) mean the same value wherever they stand.
 */
export class Comparison {
  constructor(
    private readonly rules: Rules = {},
    private readonly bindings = new Bindings(),
  ) {}

  /** A comparison of another answer by its own rules, in which names stand for the same values. */
  within(rules: Rules): Comparison {
    return new Comparison(rules, this.bindings);
  }

  compare(recorded: JsonValue, now: JsonValue | undefined, path: Path = []): Difference[] {
    if (now === undefined) return differs(recorded, now, path);
    const direction = ruleAt(this.rules.schemas, path);
    if (direction !== undefined && isJsonObject(recorded) && isJsonObject(now))
      return compareSchema({ recorded, now, direction, path });
    if (typeof recorded === 'string') return this.text(recorded, now, path);
    if (Array.isArray(recorded))
      return Array.isArray(now) ? this.list(recorded, now, path) : differs(recorded, now, path);
    if (isJsonObject(recorded))
      return isJsonObject(now) ? this.object(recorded, now, path) : differs(recorded, now, path);
    return recorded === now ? [] : differs(recorded, now, path);
  }

  private text(recorded: string, now: JsonValue, path: Path): Difference[] {
    const isProse = PROSE.has(path.at(-1) ?? '') && typeof now === 'string' && now !== '';
    return isProse || matchesText(recorded, now, this.bindings) ? [] : differs(recorded, now, path);
  }

  private object(recorded: JsonObject, now: JsonObject, path: Path): Difference[] {
    return Object.entries(recorded).flatMap(([key, value]) =>
      this.compare(value, Object.hasOwn(now, key) ? now[key] : undefined, [...path, key]),
    );
  }

  private list(recorded: List, now: List, path: Path): Difference[] {
    const key = ruleAt(this.rules.open, path);
    if (key !== undefined) return this.openList(recorded, now, path, key);
    // The values a field accepts: a set that may grow.
    if (path.at(-1) === 'allowed')
      return recorded.filter((value) => !now.includes(value)).flatMap((value) => differs(value, now, path));
    if (recorded.length !== now.length)
      return [
        { pointer: jsonPointer(path), recorded: counted(recorded), now: `${counted(now)}: ${shown(now)}` },
      ];
    return recorded.flatMap((item, i) => this.compare(item, now[i], [...path, String(i)]));
  }

  private openList(recorded: List, now: List, path: Path, key: string): Difference[] {
    const nameOf = (item: JsonValue | undefined) => (isJsonObject(item) ? item[key] : undefined);
    return recorded.flatMap((item) => {
      const same = now.find((candidate) => nameOf(candidate) === nameOf(item));
      return this.compare(item, same, [...path, String(nameOf(item))]);
    });
  }
}

const differs = (recorded: JsonValue, now: JsonValue | undefined, path: Path): Difference[] => [
  { pointer: jsonPointer(path), recorded: shown(recorded), now: shown(now) },
];

const counted = ({ length }: List): string => (length === 1 ? '1 item' : `${length} items`);

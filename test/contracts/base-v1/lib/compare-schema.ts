import { isJsonObject, jsonPointer, type JsonObject } from '../../../../src/common/json.js';
import { compareLimits } from './compare-limits.js';
import { type Difference, shown } from './difference.js';
import { valueAt } from './pointers.js';
import { acceptsAnything, alternatives, requiredOf, resolve, valuesOf } from './schema-parts.js';
import type { Direction } from './step.js';

export interface SchemaPair {
  readonly recorded: JsonObject;
  readonly now: JsonObject;
  readonly direction: Direction;
  readonly path: readonly string[];
  /** The documents that `$ref` of each side points into; default: the schema itself. */
  readonly roots?: { readonly recorded: JsonObject; readonly now: JsonObject };
}

interface Walk extends Required<SchemaPair> {
  /** Pairs of references being compared: schemas may contain themselves. */
  readonly following: ReadonlySet<string>;
}

/**
 * Finds what a change of a JSON Schema breaks: a value that a client could send and cannot any more (`request`), or
 * one that it could rely on reading and cannot any more (`response`). Members and values of an `enum` may be added.
 */
export function compareSchema({ roots, ...pair }: SchemaPair): Difference[] {
  const { recorded, now } = pair;
  return walk({ ...pair, roots: roots ?? { recorded, now }, following: new Set() });
}

function walk(pair: Walk): Difference[] {
  const { recorded, now, roots, direction, following } = pair;
  if (recorded.$ref !== undefined || now.$ref !== undefined) {
    const key = `${String(recorded.$ref)} ${String(now.$ref)}`;
    if (following.has(key)) return [];
    const [before, after] = [resolve(recorded, roots.recorded), resolve(now, roots.now)];
    return walk({ ...pair, recorded: before, now: after, following: new Set([...following, key]) });
  }
  const [before, after] = [alternatives(recorded), alternatives(now)];
  const fewest = (attempts: readonly Difference[][]): Difference[] =>
    attempts.reduce((best, attempt) => (attempt.length < best.length ? attempt : best));
  const one = (was: JsonObject, is: JsonObject) => compareOne({ ...pair, recorded: was, now: is });
  return direction === 'request'
    ? before.flatMap((was) => fewest(after.map((is) => one(was, is))))
    : after.flatMap((is) => fewest(before.map((was) => one(was, is))));
}

function compareOne(pair: Walk): Difference[] {
  const { recorded, now, direction } = pair;
  if (recorded.$ref !== undefined || now.$ref !== undefined) return walk(pair);
  if (acceptsAnything(direction === 'request' ? now : recorded)) return [];
  return [
    ...compareType(pair),
    ...compareLimits(pair),
    ...compareRequired(pair),
    ...Object.keys((recorded.properties ?? {}) as JsonObject).flatMap((name) =>
      descend(pair, ['properties', name]),
    ),
    ...descend(pair, ['items']),
    ...descend(pair, ['additionalProperties']),
  ];
}

function compareType({ recorded, now, direction, path }: Walk): Difference[] {
  const [narrow, wide] = direction === 'request' ? [recorded, now] : [now, recorded];
  const fits = wide.type === undefined || narrow.type === wide.type;
  const isInteger = narrow.type === 'integer' && wide.type === 'number';
  if (!fits && !isInteger)
    return [
      { pointer: jsonPointer([...path, 'type']), recorded: shown(recorded.type), now: shown(now.type) },
    ];
  const [before, after] = [valuesOf(recorded), valuesOf(now)];
  const lost =
    before === null || after === null
      ? (direction === 'request' ? after : before) !== null
      : before.some((value) => !after.includes(value));
  if (!lost) return [];
  return [
    {
      pointer: jsonPointer([...path, 'enum']),
      recorded: shown(before ?? undefined),
      now: shown(after ?? undefined),
    },
  ];
}

function compareRequired({ recorded, now, direction, path }: Walk): Difference[] {
  const [before, after] = [requiredOf(recorded), requiredOf(now)];
  const changed = (name: string, was: string, is: string): Difference => ({
    pointer: jsonPointer([...path, 'required', name]),
    recorded: was,
    now: is,
  });
  if (direction === 'response')
    return before
      .filter((name) => !after.includes(name))
      .map((name) => changed(name, 'always there', 'optional'));
  const wasOpen = recorded.additionalProperties !== false && now.additionalProperties === false;
  return [
    ...after
      .filter((name) => !before.includes(name))
      .map((name) => changed(name, 'optional or unknown', 'required')),
    ...(wasOpen && recorded.type === 'object' ? [changed('additionalProperties', 'any', 'none')] : []),
  ];
}

/** Compares a schema inside of both. */
function descend(pair: Walk, keys: readonly string[]): Difference[] {
  const pointer = jsonPointer(keys);
  const [recorded, now] = [valueAt(pair.recorded, pointer), valueAt(pair.now, pointer)];
  const path = [...pair.path, ...keys];
  if (!isJsonObject(recorded)) return [];
  if (isJsonObject(now)) return walk({ ...pair, recorded, now, path });
  const isAnything = now === true || (now === undefined && keys[0] !== 'properties');
  if (isAnything && pair.direction === 'request') return [];
  return [{ pointer: jsonPointer(path), recorded: shown(recorded), now: shown(now) }];
}

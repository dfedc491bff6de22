import fc from 'fast-check';
import { hostileNumber, hostileText, INHERITED_NAMES } from './texts.js';

/** One thing done to a value of JSON. `at` chooses the place: counted through all of them, from the start again. */
export interface Mutation {
  readonly at: number;
  readonly how: 'drop' | 'replace' | 'add' | 'wrap' | 'repeat';
  readonly name: string;
  readonly value: unknown;
}

/** `[[[…]]]`, or the same of objects. */
export function nested(depth: number, isObject: boolean): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = isObject ? { a: value } : [value];
  return value;
}

const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: hostileText },
  { weight: 2, arbitrary: hostileNumber },
  { weight: 3, arbitrary: fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null], { '': '' }) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(20, 99, 101, 2_000), fc.boolean()).map(([a, b]) => nested(a, b)),
  },
);

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(200),
  how: fc.constantFrom('drop', 'replace', 'replace', 'replace', 'add', 'wrap', 'repeat'),
  name: fc.oneof(fc.constantFrom('extra', '', ...INHERITED_NAMES, 'id', 'status', 'createdAt'), hostileText),
  value: hostileValue,
}) as fc.Arbitrary<Mutation>;

type Path = readonly (string | number)[];

/** What is nested deeper is one place: an earlier mutation may have nested it without end. */
const MAX_PLACE_DEPTH = 8;

/** The places of a value, itself first. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null || path.length > MAX_PLACE_DEPTH) return [path];
  const members: Path[] = Array.isArray(value)
    ? value.flatMap((item, index) => pathsOf(item, [...path, index]))
    : Object.entries(value).flatMap(([name, item]) => pathsOf(item, [...path, name]));
  return [path, ...members];
}

/** The value with the one at `path` changed; `undefined` takes it away. */
function changed(value: unknown, path: Path, change: (old: unknown) => unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return change(value);
  if (Array.isArray(value))
    return value.flatMap((item: unknown, index) => {
      if (index !== step) return [item];
      const next = changed(item, rest, change);
      return next === undefined ? [] : [next];
    });
  // `Object.fromEntries` makes members of its own, also of `__proto__`.
  return Object.fromEntries(
    Object.entries(value as object).flatMap(([name, item]: [string, unknown]) => {
      if (name !== step) return [[name, item]];
      const next = changed(item, rest, change);
      return next === undefined ? [] : [[name, next]];
    }),
  );
}

/** What becomes of the value at the place, by the kind of the mutation. */
function effectOf({ how, name, value }: Mutation, old: unknown): unknown {
  switch (how) {
    case 'drop':
      return undefined;
    case 'replace':
      return value;
    case 'wrap':
      return [old];
    case 'repeat':
      return Array.isArray(old) ? [...(old as unknown[]), ...(old as unknown[])] : [old, old];
    case 'add':
      if (Array.isArray(old)) return [...(old as unknown[]), value];
      if (typeof old !== 'object' || old === null) return value;
      return Object.fromEntries([...Object.entries(old), [name, value]]);
  }
}

/** The value, mutated; the whole of it is never dropped. */
export function mutate(value: unknown, mutation: Mutation): unknown {
  const paths = pathsOf(value);
  const path = paths[mutation.at % paths.length] as Path;
  const made = changed(value, path, (old) => effectOf(mutation, old));
  return made === undefined ? null : made;
}

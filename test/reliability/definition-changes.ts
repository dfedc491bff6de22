import { isDeepStrictEqual } from 'node:util';
import { type Definition, definitionSchema } from '../../src/workflows/domain/definition.js';
import type { JsonObject, JsonValue } from '../../src/common/json.js';

type Random = () => number;
const below = (random: Random, limit: number): number => Math.floor(random() * limit);
const pick = <T>(random: Random, from: readonly T[]): T => from[below(random, from.length)] as T;

/** A definition with every field there is, values of every type, and texts that look alike. */
export const APPROVED: Definition = definitionSchema.parse({
  tasks: [
    {
      taskId: 'read',
      taskType: 'file.read',
      description: 'Reads the prices.',
      parameters: { path: 'prices.json', parse: 'json' },
    },
    {
      taskId: 'check',
      taskType: 'data.validate',
      parameters: {
        data: '{{ tasks.read.result.content }}',
        schema: {
          type: 'object',
          properties: { price: { type: 'number', minimum: 0 } },
          required: ['price'],
        },
        failOnInvalid: false,
      },
      dependencies: ['read'],
      timeoutSeconds: 5,
      retry: { maxAttempts: 3, initialDelaySeconds: 0.5, maxDelaySeconds: 60 },
    },
    {
      taskId: 'render',
      taskType: 'text.render',
      parameters: {
        template: 'Straße, caf\u00e9, \u0430dmin, {{ n }}',
        data: { n: 1, one: '1', zero: 0, none: null, yes: true, list: [1, 2, [3, 'x']], empty: {} },
      },
      dependencies: ['check'],
      when: { value: '{{ tasks.check.result.valid }}', equals: true },
      priority: 4,
      optional: true,
      estimatedDurationSeconds: 2,
      alternatives: [{ taskType: 'text.render', parameters: { template: 'none' } }],
    },
    {
      taskId: 'write',
      taskType: 'file.write',
      parameters: { path: 'out.txt', content: '{{ tasks.render.result.text }}' },
      dependencies: ['render', 'read'],
      agentId: '01920000-0000-7000-8000-000000000001',
      compensation: { taskType: 'file.write', parameters: { path: 'out.txt', content: '' } },
    },
  ],
  output: { text: '{{ tasks.render.result.text }}', ok: true },
  timeoutSeconds: 3600,
  inputSchema: { type: 'object' },
});

/** Texts that read like another: other letters, other code points, other case, space nobody sees. */
const DISGUISES: readonly ((text: string) => string)[] = [
  (text) => `${text} `,
  (text) => `${text}\u200b`,
  (text) => text.normalize('NFD'),
  (text) => text.replace('a', '\u0430'),
  (text) => text.replace('\u0430', 'a'),
  (text) => text.toUpperCase(),
  (text) => text.slice(0, -1),
  (text) => text.replace('read', 'check'),
  (text) => `${text}/../x`,
];

const VALUES: readonly JsonValue[] = [
  null,
  true,
  false,
  0,
  1,
  -1,
  1e21,
  '',
  '1',
  'true',
  [],
  {},
  [null],
  { a: 1 },
];
const KEYS = ['__proto__', 'constructor', 'toString', 'Path', 'path ', 'p\u0430th', 'extra', '0'];

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Everything a value holds, as ways to it from the root. */
function waysIn(value: JsonValue, way: readonly string[] = []): string[][] {
  const inner = Array.isArray(value) || isObject(value) ? Object.entries(value) : [];
  return [
    ...(way.length === 0 ? [] : [[...way]]),
    ...inner.flatMap(([key, one]) => waysIn(one, [...way, key])),
  ];
}

function otherScalar(value: JsonValue, random: Random): JsonValue {
  if (typeof value === 'string')
    return pick(random, [...DISGUISES.map((disguise) => disguise(value)), pick(random, VALUES)]);
  if (typeof value === 'number')
    return pick(random, [
      value + 1,
      value - 1,
      -value,
      value + 1e-9,
      value * 10,
      String(value),
      pick(random, VALUES),
    ]);
  if (typeof value === 'boolean')
    return pick(random, [!value, String(value), Number(value), pick(random, VALUES)]);
  return pick(random, VALUES);
}

function otherList(list: readonly JsonValue[], random: Random): JsonValue {
  const at = below(random, list.length);
  return pick<() => JsonValue>(random, [
    () => list.toReversed(),
    () => list.filter((_, index) => index !== at),
    () => [...list, list[at] ?? null],
    () => [...list, pick(random, VALUES)],
    () => pick(random, VALUES),
  ])();
}

/** A member of its own, whatever its name: `__proto__` too. */
const object = (entries: readonly (readonly [string, JsonValue])[]): JsonObject => {
  const made = Object.create(null) as Record<string, JsonValue>;
  for (const [key, value] of entries)
    Object.defineProperty(made, key, { value, enumerable: true, configurable: true, writable: true });
  return made;
};

function otherObject(value: JsonObject, random: Random): JsonValue {
  const entries = Object.entries(value);
  const at = below(random, entries.length);
  return pick<() => JsonValue>(random, [
    () => object([...entries, [pick(random, KEYS), pick(random, VALUES)]]),
    () => object(entries.filter((_, index) => index !== at)),
    () => object(entries.map(([key, one], index) => [index === at ? pick(random, KEYS) : key, one])),
    () => pick(random, VALUES),
  ])();
}

function changed(value: JsonValue, random: Random): JsonValue {
  if (Array.isArray(value)) return otherList(value as readonly JsonValue[], random);
  return isObject(value) ? otherObject(value, random) : otherScalar(value, random);
}

function withChange(value: JsonValue, [key, ...rest]: readonly string[], random: Random): JsonValue {
  if (key === undefined) return changed(value, random);
  if (Array.isArray(value))
    return value.map((one: JsonValue, at) => (String(at) === key ? withChange(one, rest, random) : one));
  const entries = Object.entries(value as JsonObject);
  return object(entries.map(([name, one]) => [name, name === key ? withChange(one, rest, random) : one]));
}

/** As PostgreSQL and the service would read it; null: nothing that could be stored as a definition. */
function asStored(value: JsonValue): Definition | null {
  const parsed = definitionSchema.safeParse(JSON.parse(JSON.stringify(value)));
  return parsed.success ? parsed.data : null;
}

/** Another definition: one field of the approved one changed, and still of the shape of a definition. */
export function aChangedDefinition(random: Random): {
  readonly way: string;
  readonly definition: Definition;
} {
  const approved = APPROVED as unknown as JsonValue;
  for (;;) {
    const way = pick(random, waysIn(approved));
    const definition = asStored(withChange(approved, way, random));
    if (definition !== null && !isDeepStrictEqual(definition, APPROVED))
      return { way: way.join('/'), definition };
  }
}

/** The approved definition in other words: order of members, blanks, escapes, ways to write a number, defaults left out. */
export function rewritten(random: Random, value: JsonValue = APPROVED as unknown as JsonValue): string {
  const blank = () => pick(random, ['', ' ', '\n', '\t  ']);
  const write = (one: JsonValue): string => {
    if (typeof one === 'string') return writeText(one, random);
    if (typeof one === 'number')
      return pick(random, [String(one), one.toExponential(), `${one.toFixed(1)}00`]);
    if (typeof one !== 'object' || one === null) return JSON.stringify(one);
    if (Array.isArray(one))
      return `[${one.map((each: JsonValue) => `${blank()}${write(each)}`).join(',')}${blank()}]`;
    const members = Object.entries(one).filter(([key, inner]) => !isDefault(key, inner) || random() < 0.5);
    const shuffled = members.map((member) => ({ member, at: random() })).sort((a, b) => a.at - b.at);
    const texts = shuffled.map(
      ({ member: [key, inner] }) => `${blank()}${writeText(key, random)}${blank()}:${blank()}${write(inner)}`,
    );
    return `{${texts.join(',')}${blank()}}`;
  };
  return write(value);
}

const isDefault = (key: string, value: JsonValue): boolean =>
  (key === 'dependencies' && Array.isArray(value) && value.length === 0) ||
  (key === 'maxDelaySeconds' && value === 60);

const writeText = (text: string, random: Random): string =>
  random() < 0.5
    ? JSON.stringify(text)
    : `"${[...text].map((letter) => (random() < 0.3 ? escaped(letter) : JSON.stringify(letter).slice(1, -1))).join('')}"`;

const escaped = (letter: string): string =>
  [...Array(letter.length).keys()]
    .map((at) => `\\u${letter.charCodeAt(at).toString(16).padStart(4, '0')}`)
    .join('');

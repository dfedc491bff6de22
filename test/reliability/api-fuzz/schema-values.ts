import fc from 'fast-check';
import { nameOfReference, type Schema } from './api-document.js';
import { plainText } from './texts.js';

/** Where in a schema a value stands. */
export interface Place {
  /** Name of the component the schema is, or of the property it belongs to; null for neither. */
  readonly name: string | null;
  readonly schema: Schema;
}

export interface SchemaWorld {
  /** What references name. */
  readonly definitions: Readonly<Record<string, Schema>>;
  /** Values for a place instead of any that fit its schema; null where those are as good. */
  known(place: Place): fc.Arbitrary<unknown> | null;
}

/** Deeper, optional fields are left out and lists are empty. */
const MAX_DEPTH = 5;
const MAX_ITEMS = 3;

const numberOf = (value: unknown, otherwise: number): number =>
  typeof value === 'number' ? value : otherwise;

const bounded = (schema: Schema, name: string, otherwise: number): number =>
  numberOf(schema[name], otherwise);

const uuid = fc.uuid({ version: 7 });
const dateTime = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const uri = fc.webUrl({ validSchemes: ['http', 'https'] });
const FORMATS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  uuid,
  uri,
  'date-time': dateTime,
  date: dateTime.map((text) => text.slice(0, 10)),
};

function patterned(schema: Schema): fc.Arbitrary<string> {
  const [min, max] = [bounded(schema, 'minLength', 0), bounded(schema, 'maxLength', 1_000)];
  return fc
    .stringMatching(new RegExp(schema['pattern'] as string), { size: 'small' })
    .filter(
      (text) => text.length >= min && text.length <= max && text.isWellFormed() && !text.includes('\u0000'),
    );
}

function textOf(schema: Schema): fc.Arbitrary<string> {
  const format = FORMATS[String(schema['format'])];
  if (format !== undefined) return format;
  if (typeof schema['pattern'] === 'string') return patterned(schema);
  const min = bounded(schema, 'minLength', 0);
  const max = bounded(schema, 'maxLength', min + 5_000);
  const usual = plainText(min, max);
  if (max > 5_000) return usual;
  const longest = fc.constant('m'.repeat(max));
  return fc.oneof({ weight: 15, arbitrary: usual }, { weight: 1, arbitrary: longest });
}

function integerOf(schema: Schema): fc.Arbitrary<number> {
  const above = bounded(schema, 'exclusiveMinimum', -1_000_001) + 1;
  const below = bounded(schema, 'exclusiveMaximum', 1_000_000_001) - 1;
  const min = Math.max(bounded(schema, 'minimum', above), above);
  const max = Math.min(bounded(schema, 'maximum', below), below);
  const step = bounded(schema, 'multipleOf', 1);
  return fc.integer({ min: Math.ceil(min / step), max: Math.floor(max / step) }).map((count) => count * step);
}

function realOf(schema: Schema): fc.Arbitrary<number> {
  const { exclusiveMinimum, exclusiveMaximum } = schema;
  const min = numberOf(exclusiveMinimum, bounded(schema, 'minimum', -1e9));
  const max = numberOf(exclusiveMaximum, bounded(schema, 'maximum', 1e9));
  const excluded = {
    minExcluded: exclusiveMinimum !== undefined,
    maxExcluded: exclusiveMaximum !== undefined,
  };
  return fc.double({ min, max, ...excluded, noNaN: true }).map((value) => (value === 0 ? 0 : value));
}

export const anyJson: fc.Arbitrary<unknown> = fc
  .jsonValue({ maxDepth: 2, stringUnit: 'grapheme' })
  .filter((value) => !/__proto__|"constructor"|\\u0000/.test(JSON.stringify(value)));

/** Values that fit schemas of one world. */
export class SchemaValues {
  constructor(private readonly world: SchemaWorld) {}

  of(schema: Schema, name: string | null = null): fc.Arbitrary<unknown> {
    return this.at(schema, name, 0);
  }

  private at(schema: Schema, name: string | null, depth: number): fc.Arbitrary<unknown> {
    const known = this.world.known({ name, schema });
    if (known !== null && schema['type'] !== 'object') return known;
    const value = this.made(schema, name, depth);
    // A whole object that has a meaning is mostly better than one that only fits.
    if (known !== null) return fc.oneof({ weight: 6, arbitrary: known }, { weight: 1, arbitrary: value });
    const { example } = schema;
    if (example === undefined) return value;
    return fc.oneof({ weight: 4, arbitrary: value }, { weight: 1, arbitrary: fc.constant(example) });
  }

  private made(schema: Schema, name: string | null, depth: number): fc.Arbitrary<unknown> {
    if (typeof schema['$ref'] === 'string') {
      const component = nameOfReference(schema['$ref']);
      return this.at(this.world.definitions[component] ?? {}, component, depth);
    }
    if ('const' in schema) return fc.constant(schema['const']);
    if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
    const choices = (schema['anyOf'] ?? schema['oneOf']) as readonly Schema[] | undefined;
    if (choices !== undefined)
      return this.oneOf(
        choices.map((choice) => within(schema, choice)),
        name,
        depth,
      );
    if (Array.isArray(schema['allOf'])) return this.at(merged(schema), name, depth);
    const types = Array.isArray(schema['type']) ? (schema['type'] as string[]) : [schema['type']];
    return fc.oneof(...types.map((type) => this.typed({ ...schema, type }, depth)));
  }

  /** Where it is deep, only what has no parts. */
  private oneOf(choices: readonly Schema[], name: string | null, depth: number): fc.Arbitrary<unknown> {
    const flat = choices.filter(
      ({ type, $ref }) => $ref === undefined && type !== 'array' && type !== 'object',
    );
    const open = depth >= MAX_DEPTH && flat.length > 0 ? flat : choices;
    return fc.oneof(...open.map((choice) => this.at(choice, name, depth + 1)));
  }

  private typed(schema: Schema, depth: number): fc.Arbitrary<unknown> {
    switch (schema['type']) {
      case 'string':
        return textOf(schema);
      case 'integer':
        return integerOf(schema);
      case 'number':
        return realOf(schema);
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      case 'array':
        return this.list(schema, depth);
      case 'object':
        return this.object(schema, depth);
      default:
        return anyJson;
    }
  }

  private list(schema: Schema, depth: number): fc.Arbitrary<unknown> {
    const minLength = bounded(schema, 'minItems', 0);
    const most = depth >= MAX_DEPTH ? minLength : minLength + MAX_ITEMS;
    const maxLength = Math.min(bounded(schema, 'maxItems', most), most);
    const items = this.at((schema['items'] ?? {}) as Schema, null, depth + 1);
    if (schema['uniqueItems'] !== true) return fc.array(items, { minLength, maxLength });
    return fc.uniqueArray(items, { minLength, maxLength, selector: (item) => JSON.stringify(item) });
  }

  private object(schema: Schema, depth: number): fc.Arbitrary<unknown> {
    const required = (schema['required'] ?? []) as readonly string[];
    const properties = Object.entries((schema['properties'] ?? {}) as Record<string, Schema>).filter(
      ([name]) => depth < MAX_DEPTH || required.includes(name),
    );
    const fields = Object.fromEntries(properties.map(([name, of]) => [name, this.at(of, name, depth + 1)]));
    const known = fc.record(fields, { requiredKeys: [...required], noNullPrototype: true });
    if (depth >= MAX_DEPTH) return known;
    return fc.tuple(this.others(schema, depth), known).map(([others, own]) => ({ ...others, ...own }));
  }

  /** Members that no property names: only where the schema says what they are. */
  private others(schema: Schema, depth: number): fc.Arbitrary<Record<string, unknown>> {
    const { additionalProperties, propertyNames } = schema;
    if (additionalProperties === undefined || additionalProperties === false) return fc.constant({});
    const values = this.at(
      additionalProperties === true ? {} : (additionalProperties as Schema),
      null,
      depth + 1,
    );
    const names = this.at((propertyNames ?? { type: 'string', maxLength: 20 }) as Schema, null, depth + 1);
    const member = fc.tuple(
      names.filter((name) => name !== '__proto__' && name !== 'constructor'),
      values,
    ) as fc.Arbitrary<[string, unknown]>;
    return fc.array(member, { maxLength: MAX_ITEMS }).map((members) => Object.fromEntries(members));
  }
}

/** Two schemas that hold together, in one: for objects, which is what this is used for. */
const both = (one: Schema, other: Schema): Schema => ({
  ...one,
  ...other,
  properties: { ...(one['properties'] as object), ...(other['properties'] as object) },
  required: [...((one['required'] ?? []) as string[]), ...((other['required'] ?? []) as string[])],
});

const merged = ({ allOf, ...rest }: Schema): Schema => (allOf as readonly Schema[]).reduce(both, rest);

/** A choice with what stands beside all choices. */
function within({ anyOf: _, oneOf: __, ...rest }: Schema, choice: Schema): Schema {
  return rest['type'] === undefined ? choice : both(rest, choice);
}

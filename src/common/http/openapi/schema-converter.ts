import type { StandardSchemaConverter } from '@nestjs/swagger';
import { z } from 'zod';
import type { JsonObject } from '../../json.js';

type Direction = 'input' | 'output';
type Definitions = Readonly<Record<string, object>>;

/** Stands in names of components until it is known whether the other direction is shown too. */
export const INPUT_MARK = '__input';

type OverrideContext = Parameters<NonNullable<z.core.ToJSONSchemaParams['override']>>[0];

/** Leaves out what zod adds and no reader needs: patterns of formats, the bounds of safe integers, closed answers. */
function simplify({ zodSchema, jsonSchema }: OverrideContext): void {
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  const { def } = zodSchema._zod;
  if (def.type === 'object' && def.catchall === undefined) delete jsonSchema.additionalProperties;
}

interface Converted {
  readonly schema: object;
  readonly definitions: Definitions;
}

function convert(schema: z.ZodType, io: Direction): Converted {
  const json = z.toJSONSchema(z.object({ root: schema }), { io, unrepresentable: 'any', override: simplify });
  return {
    schema: json.properties?.['root'] as object,
    definitions: (json.$defs ?? {}) as Record<string, object>,
  };
}

const refersTo = (definition: object, name: string): boolean =>
  JSON.stringify(definition).includes(`"#/$defs/${name}"`);

/** Names of definitions that are not the same in both directions, by themselves or through one they refer to. */
function directed(input: Definitions, output: Definitions): ReadonlySet<string> {
  const names = Object.keys(input);
  const found = new Set(names.filter((name) => JSON.stringify(input[name]) !== JSON.stringify(output[name])));
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const name of names) {
      if ([...found].some((other) => refersTo(input[name] as object, other))) found.add(name);
    }
  }
  return found;
}

const rename = <T>(value: T, from: string, to: string): T =>
  JSON.parse(JSON.stringify(value).replaceAll(`"#/$defs/${from}"`, `"#/$defs/${to}"`)) as T;

/**
 * zod schemas as OpenAPI 3.1 components named by `.meta({ id })`. What a client sends may leave out fields that have
 * a default, what it gets has them: then the sent form is a component of its own (`<id>__input` until `nameInputs`).
 */
export const convertZodSchema: StandardSchemaConverter = (schema, { schemaType }) => {
  if (!(schema instanceof z.ZodType)) return undefined;
  const converted = convert(schema, schemaType);
  if (schemaType === 'output') return { schema: converted.schema, components: converted.definitions };
  const differing = directed(converted.definitions, convert(schema, 'output').definitions);
  let named: Converted = converted;
  for (const name of differing) named = rename(named, name, name + INPUT_MARK);
  const components = Object.entries(named.definitions).map(([name, definition]) => [
    differing.has(name) ? name + INPUT_MARK : name,
    definition,
  ]);
  return { schema: named.schema, components: Object.fromEntries(components) as JsonObject };
};

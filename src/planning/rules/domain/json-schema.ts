import { isJsonObject, type JsonObject, type JsonValue } from '../../../common/json.js';

/** Top-level properties of a schema, of its elements where it is a list. */
export function propertiesOf(schema: JsonObject): readonly (readonly [name: string, schema: JsonObject])[] {
  const { properties, items } = schema;
  if (!isJsonObject(properties) && isJsonObject(items)) return propertiesOf(items);
  return Object.entries(isJsonObject(properties) ? properties : {}).map(
    ([name, value]) => [name, isJsonObject(value) ? value : {}] as const,
  );
}

export const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');

/** Kinds of data by the keyword `x-kind`, of the schema and of its properties, small; empty: it marks none. */
export function kindsOf(schema: JsonObject): readonly string[] {
  const marked = [schema, ...propertiesOf(schema).map(([, property]) => property)];
  return marked.map((one) => textOf(one['x-kind']).toLowerCase()).filter((kind) => kind !== '');
}

/** Whether a property has to be given; a schema without `required` asks for all it names. */
export function isRequired(schema: JsonObject, name: string): boolean {
  const { required } = schema;
  return !Array.isArray(required) || required.includes(name);
}

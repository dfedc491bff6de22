import { isJsonObject, type JsonValue } from '../../../../src/common/json.js';

/** `{agent.id}`, but nothing of a Tandem reference or a Liquid output: `{{ run.input.name }}`. */
const PLACEHOLDER = /(?<!\{)\{([a-z][\w-]*\.[\w-]+)\}(?!\})/g;

export type Captured = ReadonlyMap<string, string>;

export function fillText(text: string, captured: Captured): string {
  return text.replace(PLACEHOLDER, (_, name: string) => {
    const value = captured.get(name);
    if (value === undefined) throw new Error(`{${name}} was not captured by any step before.`);
    return value;
  });
}

/** Puts captured values in the place of their names, in every text of a value. */
export function fill(value: JsonValue, captured: Captured): JsonValue {
  if (typeof value === 'string') return fillText(value, captured);
  if (Array.isArray(value)) return value.map((item: JsonValue) => fill(item, captured));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, fill(member, captured)]));
}

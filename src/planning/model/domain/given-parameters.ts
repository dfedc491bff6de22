import { isJsonObject, type JsonObject, type JsonValue } from '../../../common/json.js';
import { textOf } from './raw-task.js';
import { quoted, type Repairs } from './repairs.js';

/** A parameter as a model wrote it. */
export interface GivenParameter {
  /** null: it is only a value. */
  readonly name: string | null;
  readonly value: JsonValue;
  /** It was asked for as JSON text. */
  readonly isEncoded: boolean;
}

const NAMES = ['name', 'key', 'parameter'];

const IDENTIFIER = /^[\w-]{1,64}$/;

const own = (value: JsonObject, name: string): JsonValue | undefined =>
  Object.hasOwn(value, name) ? value[name] : undefined;

/** `{ name, value }`, `{ path: "a" }`, `{ value }`; null: none of them. */
function pairIn(each: JsonObject): GivenParameter | null {
  const keys = Object.keys(each);
  const name = NAMES.map((key) => textOf(own(each, key))).find((found) => found !== null) ?? null;
  const value = own(each, 'value');
  if (value !== undefined && keys.length <= 2 && (name !== null || keys.length === 1))
    return { name, value, isEncoded: name !== null };
  const [only] = keys;
  if (keys.length !== 1 || only === undefined) return null;
  // What stands under `name` alone and is none is the value.
  if (name !== null) return IDENTIFIER.test(name) ? null : { name: null, value: name, isEncoded: false };
  if (NAMES.includes(only)) return null;
  return { name: only, value: each[only] as JsonValue, isEncoded: false };
}

/** The parameters of a task in whatever form they came: a list of names with values, an object, values alone. */
export function givenParameters(
  raw: JsonValue | undefined,
  path: readonly PropertyKey[],
  repairs: Repairs,
): GivenParameter[] {
  if (raw === undefined || raw === '') return [];
  if (isJsonObject(raw))
    return Object.entries(raw).map(([name, value]) => ({ name, value, isEncoded: false }));
  const list = Array.isArray(raw) ? (raw as readonly JsonValue[]) : [raw];
  return list.flatMap((each) => {
    if (!isJsonObject(each)) return [{ name: null, value: each, isEncoded: false }];
    const pair = pairIn(each);
    if (pair !== null) return [pair];
    repairs.broken('invalid_parameter', path, `${quoted(each)} is not a name and a value.`);
    return [];
  });
}

import { isJsonObject, type JsonObject, type JsonValue } from '../../../../common/json.js';
import type { ParameterHint } from '../../../../tasks/domain/planning-hints.js';
import type { CatalogueEntry } from '../../../domain/catalogue-entry.js';
import { wordsOf } from '../terms.js';

const JSON_TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'] as const;
export type JsonType = (typeof JSON_TYPES)[number];

/** A parameter that wants a value. */
export interface Slot {
  readonly name: string;
  readonly isRequired: boolean;
  /** No reference and no text of a request gets in. */
  readonly isLiteral: boolean;
  /** What it takes; empty: any JSON. */
  readonly types: ReadonlySet<JsonType>;
  readonly format: string | null;
  /** The texts it takes, where its schema lists them. */
  readonly choices: readonly string[];
  /** Of its name, small: `toAddress` → `to`, `address`. */
  readonly words: readonly string[];
  readonly hint: ParameterHint;
}

/** The types of a schema and of its alternatives; empty: any. */
export function typesOf(schema: JsonValue | undefined): ReadonlySet<JsonType> {
  if (!isJsonObject(schema)) return new Set();
  const own = [schema['type'] ?? []].flat().filter((type) => JSON_TYPES.includes(type as JsonType));
  if (own.length > 0) return new Set(own as JsonType[]);
  const branches = [schema['anyOf'], schema['oneOf']].find(Array.isArray) ?? [];
  const types = branches.map(typesOf);
  // A branch that says nothing takes anything.
  return types.some((each) => each.size === 0) ? new Set() : new Set(types.flatMap((each) => [...each]));
}

function slotOf(entry: CatalogueEntry, name: string, schema: JsonValue, isRequired: boolean): Slot {
  const { format, enum: choices } = isJsonObject(schema) ? schema : ({} as JsonObject);
  const { parameters = {} } = entry.hints;
  return {
    name,
    isRequired,
    isLiteral: entry.literalParameters.has(name),
    types: typesOf(schema),
    format: typeof format === 'string' ? format : null,
    choices: Array.isArray(choices) ? choices.filter((each) => typeof each === 'string') : [],
    words: wordsOf(name),
    hint: Object.hasOwn(parameters, name) ? (parameters[name] as ParameterHint) : {},
  };
}

/** The sets of parameters of which one has to be whole: the required ones, with each alternative of a `oneOf`. */
function requiredOf(schema: JsonObject): readonly (readonly string[])[] {
  const names = (value: JsonValue | undefined): string[] =>
    Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
  const always = names(schema['required']);
  const branches = [schema['anyOf'], schema['oneOf']].find(Array.isArray) ?? [];
  const sets = branches.map((branch) => (isJsonObject(branch) ? names(branch['required']) : []));
  return sets.length === 0 ? [always] : sets.map((set) => [...always, ...set]);
}

export interface Slots {
  readonly all: readonly Slot[];
  /** Names of parameters; one of these sets has to be given as a whole. */
  readonly required: readonly (readonly string[])[];
}

const known = new WeakMap<CatalogueEntry, Slots>();

/** The parameters of a task type, in the order of its schema. Read once. */
export function slotsOf(entry: CatalogueEntry): Slots {
  const slots = known.get(entry) ?? readSlots(entry);
  known.set(entry, slots);
  return slots;
}

function readSlots(entry: CatalogueEntry): Slots {
  const { properties } = entry.parameters;
  const required = requiredOf(entry.parameters);
  const all = Object.entries(isJsonObject(properties) ? properties : {}).map(([name, schema]) =>
    slotOf(
      entry,
      name,
      schema,
      required.some((set) => set.includes(name)),
    ),
  );
  return { all, required };
}

const DATA_WORDS = new Set(
  'content contents text body input data message value values document payload items rows records'.split(' '),
);

/** Whether it is called like data: what is worked on, not what it is worked on with. */
export const isData = ({ words }: Slot): boolean => words.some((word) => DATA_WORDS.has(word));

/**
 * Whether what an earlier task yields can go in: any JSON, a structure that is required, or what is called like data.
 */
export function takesData(slot: Slot): boolean {
  const { types, format, choices, isLiteral, isRequired } = slot;
  if (isLiteral || choices.length > 0 || format !== null) return false;
  const isStructure = types.has('object') || types.has('array');
  if (isData(slot)) return isStructure || types.size === 0 || types.has('string');
  return types.size === 0 || (isRequired && isStructure);
}

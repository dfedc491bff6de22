import type { JsonValue } from '../../../common/json.js';
import type { GivenParameter } from './given-parameters.js';
import { nameWords } from './near-name.js';
import type { Parameter, ParameterNames } from './parameter-names.js';
import { mediumIn, placeByMedium, placeInOrder } from './place-values.js';
import { quoted, type Repairs } from './repairs.js';

/** A parameter whose place in its type is known; `parameter` undefined: the type has none of that name. */
export interface PlacedParameter {
  readonly name: string;
  readonly value: JsonValue;
  readonly isEncoded: boolean;
  readonly parameter: Parameter | undefined;
}

/** Where and by what parameters of one task are placed. */
export interface Placing {
  readonly names: ParameterNames;
  readonly path: readonly PropertyKey[];
  /** What medium a value is; null: not known. */
  readonly mediumOf: (value: JsonValue) => string | null;
  readonly repairs: Repairs;
}

type Open = readonly Parameter[];

const mediaOf = (parameters: Open): (string | null)[] =>
  parameters.map(({ name }) => mediumIn(nameWords(name)));

function openFor(names: ParameterNames, placed: readonly PlacedParameter[]): Open {
  const taken = new Set(placed.map(({ name }) => name));
  return names.all.filter(({ name }) => !taken.has(name));
}

function placed({ name, value, isEncoded }: GivenParameter, parameter?: Parameter): PlacedParameter {
  return { name: parameter?.name ?? name ?? '', value, isEncoded, parameter };
}

/** By name, or by a name that can only mean one. */
function placeNamed(named: readonly GivenParameter[], { names, path, repairs }: Placing): PlacedParameter[] {
  const taken = new Set(named.map(({ name }) => name));
  return named.map((given) => {
    const name = given.name ?? '';
    const found = names.named(name) ?? names.meant(name);
    if (found === undefined || (found.name !== name && taken.has(found.name))) return placed(given);
    if (found.name !== name) {
      taken.add(found.name);
      const message = `${quoted(name)} became ${quoted(found.name)}.`;
      repairs.mended('parameter_renamed', [...path, found.name], message);
    }
    return placed(given, found);
  });
}

/** Names nobody knows for required parameters nobody gave, where only one order makes sense. */
function placeStrangers(all: readonly PlacedParameter[], placing: Placing): PlacedParameter[] {
  const { names, path, mediumOf, repairs } = placing;
  const strangers = all.filter(({ parameter }) => parameter === undefined);
  const open = openFor(names, all).filter(({ isRequired }) => isRequired);
  const order =
    strangers.length === 0
      ? null
      : placeByMedium(
          strangers.map(({ value }) => mediumOf(value)),
          mediaOf(open),
        );
  if (order === null) return [...all];
  return all.map((each) => {
    const at = strangers.indexOf(each);
    const parameter = at < 0 ? undefined : open[order[at]!];
    if (parameter === undefined) return each;
    const message = `${quoted(each.name)} became ${quoted(parameter.name)}, the one that nothing was given for.`;
    repairs.mended('parameter_renamed', [...path, parameter.name], message);
    return { ...each, name: parameter.name, parameter };
  });
}

/** Values without names. What is left over a type takes under any name where it takes any. */
function placeUnnamed(
  unnamed: readonly GivenParameter[],
  all: readonly PlacedParameter[],
  { names, path, mediumOf, repairs }: Placing,
): PlacedParameter[] {
  const open = openFor(names, all);
  const required = open.filter(({ isRequired }) => isRequired);
  const wanted = unnamed.length <= required.length ? required : open;
  const [first, rest] = names.isOpen
    ? [unnamed.slice(0, wanted.length), unnamed.slice(wanted.length)]
    : [unnamed, []];
  const order = placeInOrder(
    first.map(({ value }) => mediumOf(value)),
    mediaOf(wanted),
  );
  if (order === null) {
    const message = `${unnamed.length} values have no names, and nothing tells which parameters they are for.`;
    repairs.broken(
      'unnamed_parameters',
      path,
      message,
      open.map(({ name }) => name),
    );
    return [];
  }
  const found = [
    ...first.map((given, index) => placed(given, wanted[order[index]!])),
    ...rest.map((given, index) => placed({ ...given, name: `value${index + 1}` })),
  ];
  for (const { name, value } of found)
    repairs.mended(
      'parameter_named',
      [...path, name],
      `${quoted(value)} had no name and became ${quoted(name)}.`,
    );
  return found;
}

/** Finds the parameter of its type for everything that was given; what has none stays under its name. */
export function placeParameters(given: readonly GivenParameter[], placing: Placing): PlacedParameter[] {
  const named = given.filter(({ name }) => name !== null);
  const unnamed = given.filter(({ name }) => name === null);
  const byName = placeNamed(named, placing);
  const all = unnamed.length === 0 ? placeStrangers(byName, placing) : byName;
  return unnamed.length === 0 ? all : [...all, ...placeUnnamed(unnamed, all, placing)];
}

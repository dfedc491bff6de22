import { type JsonObject, type JsonValue } from '../../../common/json.js';
import type { CatalogueEntry } from '../../domain/catalogue-entry.js';
import { decodeValue, isEmpty, unquoted } from './decode-value.js';
import { givenParameters } from './given-parameters.js';
import { ParameterNames } from './parameter-names.js';
import { type PlacedParameter, placeParameters } from './place-parameters.js';
import { mediumOf } from './place-values.js';
import type { Place, ReferenceMender } from './repair-references.js';
import { quoted, type Repairs } from './repairs.js';

type Path = readonly PropertyKey[];
/** The medium of the result of the task at a position; null: not known. */
export type MediumOfResult = (task: number) => string | null;

const ANY = new Set<never>();

/** Reads the parameters of the tasks of one plan. */
export class ParameterReader {
  private readonly names = new Map<string, ParameterNames>();

  constructor(
    private readonly repairs: Repairs,
    private readonly mender: ReferenceMender,
    private readonly mediumOfResult: MediumOfResult,
  ) {}

  /** By the schema of their type; without a type as they are named. Names that no parameter has are kept. */
  read(raw: JsonValue | undefined, entry: CatalogueEntry | undefined, from: number): JsonObject {
    const path = ['tasks', from, 'parameters'];
    const parameters = new Map<string, JsonValue>();
    for (const each of this.placed(raw, entry, from)) {
      const value = this.valueOf(each, from, path);
      if (isEmpty(value) && each.parameter?.isRequired !== true) {
        this.repairs.mended('empty_parameter_dropped', path, `${quoted(each.name)} held nothing.`);
      } else if (!parameters.has(each.name)) parameters.set(each.name, value);
      else if (JSON.stringify(parameters.get(each.name)) !== JSON.stringify(value))
        this.repairs.broken(
          'duplicate_parameter',
          [...path, each.name],
          'It is given twice, with two values.',
        );
    }
    return Object.fromEntries(parameters);
  }

  /** The names of the parameters of a type, worked out once. */
  namesOf(entry: CatalogueEntry): ParameterNames {
    const known = this.names.get(entry.name) ?? new ParameterNames(entry);
    this.names.set(entry.name, known);
    return known;
  }

  private placed(
    raw: JsonValue | undefined,
    entry: CatalogueEntry | undefined,
    from: number,
  ): readonly PlacedParameter[] {
    const path = ['tasks', from, 'parameters'];
    const given = givenParameters(raw, path, this.repairs);
    if (entry !== undefined) {
      const { repairs } = this;
      const names = this.namesOf(entry);
      return placeParameters(given, {
        names,
        path,
        repairs,
        mediumOf: (value) => this.mediumOf(value, from),
      });
    }
    return given.flatMap(({ name, ...rest }) =>
      name === null ? [] : [{ name, parameter: undefined, ...rest }],
    );
  }

  private mediumOf(value: JsonValue, from: number): string | null {
    if (typeof value !== 'string') return null;
    const task = this.mender.peek(value, from);
    if (task === null) return mediumOf(value);
    return task === from ? null : this.mediumOfResult(task);
  }

  private valueOf(
    { name, value, isEncoded, parameter }: PlacedParameter,
    from: number,
    path: Path,
  ): JsonValue {
    const place: Place = { from, path: [...path, name], types: parameter?.types ?? ANY };
    if (parameter?.isLiteral !== true) {
      const text = unquoted(value, isEncoded);
      const reference = typeof text === 'string' ? this.mender.alone(text, place) : null;
      if (reference !== null) return reference;
    }
    const read = decodeValue(value, parameter?.schema ?? {}, isEncoded);
    if (!isEncoded && read !== value && JSON.stringify(read) !== JSON.stringify(value))
      this.repairs.respelled('value_mended', place.path, `${quoted(value)} became ${quoted(read)}.`);
    if (parameter?.isLiteral === true) return read;
    return typeof read === 'string' ? this.mender.within(read, place) : this.mender.inValue(read, place);
  }
}

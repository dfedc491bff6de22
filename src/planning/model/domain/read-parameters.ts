import { isJsonObject, type JsonObject, type JsonValue } from '../../../common/json.js';
import type { CatalogueEntry } from '../../domain/catalogue-entry.js';
import { type Slot, slotsOf } from '../../rules/domain/fill/slot.js';
import { decodeValue, isEmpty } from './decode-value.js';
import { NearName } from './near-name.js';
import { quoted, type Repairs } from './repairs.js';

interface Given {
  readonly name: string;
  readonly value: JsonValue;
  /** It was asked for as JSON text. */
  readonly isEncoded: boolean;
}

function givenIn(raw: JsonValue | undefined, pointer: string, repairs: Repairs): Given[] {
  if (raw === undefined) return [];
  if (isJsonObject(raw)) {
    repairs.mended('parameters_mended', pointer, 'They were an object instead of a list.');
    return Object.entries(raw).map(([name, value]) => ({ name, value, isEncoded: false }));
  }
  const list = Array.isArray(raw) ? raw : [raw];
  return list.flatMap((each, index) => {
    const { name, value } = isJsonObject(each) ? each : {};
    if (typeof name === 'string') return [{ name, value: value ?? null, isEncoded: true }];
    repairs.broken('invalid_parameter', `${pointer}/${index}`, 'A parameter has a name and a value.');
    return [];
  });
}

/** Slots and names of a type, made once for an answer. */
export class ParameterReader {
  private readonly known = new Map<
    string,
    { readonly slots: ReadonlyMap<string, Slot>; readonly near: NearName }
  >();

  constructor(private readonly repairs: Repairs) {}

  /** The parameters of a task by the schema of its type: near names, decoded values, empty ones left out. */
  read(raw: JsonValue | undefined, entry: CatalogueEntry | undefined, pointer: string): JsonObject {
    const parameters = new Map<string, JsonValue>();
    for (const given of givenIn(raw, pointer, this.repairs)) {
      const slot = entry === undefined ? undefined : this.slotFor(given, entry, pointer);
      const name = slot?.name ?? given.name;
      const value = decodeValue(
        given.value,
        slot?.types ?? new Set(),
        given.isEncoded && slot?.isLiteral !== true,
      );
      if (isEmpty(value) && slot?.isRequired !== true) {
        this.repairs.mended('empty_parameter_dropped', `${pointer}/${name}`, `${quoted(name)} held nothing.`);
        continue;
      }
      if (!given.isEncoded && JSON.stringify(value) !== JSON.stringify(given.value))
        this.repairs.mended(
          'value_mended',
          `${pointer}/${name}`,
          `${quoted(given.value)} became ${quoted(value)}.`,
        );
      parameters.set(name, value);
    }
    return Object.fromEntries(parameters);
  }

  private slotFor({ name }: Given, entry: CatalogueEntry, pointer: string): Slot | undefined {
    const { slots, near } = this.factsOf(entry);
    const found = slots.get(name) ?? slots.get(near.find(name) ?? '');
    if (found !== undefined && found.name !== name)
      this.repairs.mended(
        'parameter_renamed',
        `${pointer}/${found.name}`,
        `${quoted(name)} became ${quoted(found.name)}.`,
      );
    return found;
  }

  private factsOf(entry: CatalogueEntry) {
    const known = this.known.get(entry.name);
    if (known !== undefined) return known;
    const { all } = slotsOf(entry);
    const facts = {
      slots: new Map(all.map((slot) => [slot.name, slot])),
      near: new NearName(all.map(({ name }) => name)),
    };
    this.known.set(entry.name, facts);
    return facts;
  }
}

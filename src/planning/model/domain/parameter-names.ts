import { isJsonObject, type JsonObject } from '../../../common/json.js';
import type { CatalogueEntry } from '../../domain/catalogue-entry.js';
import { type Slot, slotsOf } from '../../rules/domain/fill/slot.js';
import { NearName, nameWords } from './near-name.js';

/** A parameter of a type, with its schema. */
export interface Parameter extends Slot {
  readonly schema: JsonObject;
}

interface WordedParameter {
  readonly parameter: Parameter;
  readonly words: readonly string[];
}

/** The parameters of one task type, by the names models give them. */
export class ParameterNames {
  readonly all: readonly Parameter[];
  /** It takes parameters of other names too. */
  readonly isOpen: boolean;
  private readonly byName: ReadonlyMap<string, Parameter>;
  private readonly near: NearName;
  private readonly worded: readonly WordedParameter[];

  constructor(entry: CatalogueEntry) {
    const { properties } = entry.parameters;
    const schemas = isJsonObject(properties) ? properties : {};
    this.all = slotsOf(entry).all.map((slot) => {
      const schema = Object.hasOwn(schemas, slot.name) ? schemas[slot.name] : undefined;
      return { ...slot, schema: isJsonObject(schema) ? schema : {} };
    });
    this.isOpen = entry.parameters['additionalProperties'] !== false;
    this.byName = new Map(this.all.map((parameter) => [parameter.name, parameter]));
    this.near = new NearName(this.byName.keys());
    this.worded = this.all.map((parameter) => ({ parameter, words: nameWords(parameter.name) }));
  }

  named(name: string): Parameter | undefined {
    return this.byName.get(name);
  }

  /**
   * The parameter that another name must mean: one that is called nearly so, or the one whose words it holds
   * (`input_file_path` for `path`).
   */
  meant(name: string): Parameter | undefined {
    const near = this.near.find(name);
    if (near !== null) return this.byName.get(near);
    const words = new Set(nameWords(name));
    const held = this.worded.filter(
      (each) => each.words.length > 0 && each.words.every((word) => words.has(word)),
    );
    const longest = Math.max(...held.map((each) => each.words.length));
    const best = held.filter((each) => each.words.length === longest);
    return best.length === 1 ? best[0]?.parameter : undefined;
  }
}

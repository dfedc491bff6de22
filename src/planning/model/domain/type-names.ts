import { isJsonObject, type JsonValue } from '../../../common/json.js';
import type { CatalogueEntry } from '../../domain/catalogue-entry.js';
import { NearName, nameWords, stemsOf } from './near-name.js';

/** Types compared in one plan with names that none has. */
const WORK_LIMIT = 100_000;
const MAX_LENGTH = 120;
const MAX_DESCRIPTION = 4_000;
/** Fewer words say too little to be found in a description. */
const MIN_PHRASE = 3;

/** What a type is called by, and what it is described by. */
interface WordedType {
  readonly name: string;
  /** Stems of what stands behind its group. */
  readonly own: readonly string[];
  /** Of its group, its parameters and what it yields: they add nothing to its name. */
  readonly implied: ReadonlySet<string>;
  /** Stems of its description, each with a space before and after. */
  readonly description: string;
}

/** The type a name means; `isDescribed`: no name but its description says so. */
export interface TypeMatch {
  readonly name: string;
  readonly isDescribed: boolean;
}

const stemsIn = (names: readonly string[]): string[] => names.flatMap((name) => stemsOf(nameWords(name)));
const phraseOf = (stems: readonly string[]): string => ` ${stems.join(' ')} `;

const propertiesOf = (properties: JsonValue | undefined): string[] =>
  isJsonObject(properties) ? Object.keys(properties) : [];

function describe({ name, description, parameters, result }: CatalogueEntry): WordedType {
  const [group = '', ...rest] = name.split('.');
  const fields = [...propertiesOf(parameters['properties']), ...propertiesOf(result['properties'])];
  return {
    ...{ name, own: stemsIn(rest), implied: new Set(stemsIn([group, ...fields])) },
    description: phraseOf(stemsIn(description.slice(0, MAX_DESCRIPTION).split(/\s+/))),
  };
}

/** Pure memo: entries live as long as the catalogue. */
const worded = new WeakMap<CatalogueEntry, WordedType>();

function wordedOf(entry: CatalogueEntry): WordedType {
  const known = worded.get(entry) ?? describe(entry);
  worded.set(entry, known);
  return known;
}

/** The task types of a catalogue, by the names models give them. */
export class TypeNames {
  private readonly near: NearName;
  private readonly answers = new Map<string, TypeMatch | null>();
  private work = 0;

  constructor(private readonly catalogue: readonly CatalogueEntry[]) {
    this.near = new NearName(catalogue.map(({ name }) => name));
  }

  /**
   * The one type that a name must mean: nearly its own, without a remark in brackets; with more words that its
   * parameters or results have too (`read file content` for `file.read`); or three words and more that one description
   * only holds. null: there is none, or more than one.
   */
  find(wanted: string): TypeMatch | null {
    const known = this.answers.get(wanted);
    if (known !== undefined) return known;
    const found = this.search(wanted.slice(0, 2 * MAX_LENGTH));
    this.answers.set(wanted, found);
    return found;
  }

  private search(wanted: string): TypeMatch | null {
    const bare = wanted.replace(/\([^()]*\)/g, ' ').trim();
    const near = this.near.find(wanted) ?? this.near.find(bare);
    if (near !== null) return { name: near, isDescribed: false };
    const words = stemsIn([bare]);
    this.work += this.catalogue.length;
    if (this.work > WORK_LIMIT || bare.length > MAX_LENGTH || words.length < 2) return null;
    return this.saidWithMore(words) ?? this.described(words);
  }

  private saidWithMore(words: readonly string[]): TypeMatch | null {
    return this.only(
      false,
      ({ own, implied }) =>
        own.length > 0 &&
        own.length < words.length &&
        own.every((word) => words.includes(word)) &&
        words.every((word) => own.includes(word) || implied.has(word)),
    );
  }

  private described(words: readonly string[]): TypeMatch | null {
    const phrase = phraseOf(words);
    return words.length < MIN_PHRASE ? null : this.only(true, (type) => type.description.includes(phrase));
  }

  private only(isDescribed: boolean, isMeant: (type: WordedType) => boolean): TypeMatch | null {
    const [found, another] = this.catalogue.map(wordedOf).filter(isMeant);
    return found === undefined || another !== undefined ? null : { name: found.name, isDescribed };
  }
}

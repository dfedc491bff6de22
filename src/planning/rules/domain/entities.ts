import type { IndexedType } from './indexed-type.js';
import { actionsOf, objectsOf } from './terms.js';

const LOOKS_UP = new Set(['#search', '#list', '#query']);
/** Stems of verbs by which a name says that it finds what is named. */
const SEARCHES = new Set(['search', 'find', 'lookup', 'queri', 'locat']);
/** Stems of nouns that stand for things of any kind. */
const ANYTHING = new Set(['item', 'entri', 'record', 'result', 'resourc', 'content', 'object']);

/** Terms of a thing with their classes: "people" and "person" are one. */
const withKin = (term: string): readonly string[] => [term, ...objectsOf(term)];

const thingsOf = ({ terms }: IndexedType): readonly string[] =>
  terms.name.filter((term) => !actionsOf(term).some((one) => LOOKS_UP.has(one))).flatMap(withKin);

/** Which task types find things and which need one found. */
export class Entities {
  /** Things a type looks up, where it needs nothing found before. */
  private readonly found: readonly ReadonlySet<string>[];
  /** Every term of a type. */
  private readonly mentions: readonly ReadonlySet<string>[];
  readonly isSearch: readonly boolean[];

  constructor(private readonly types: readonly IndexedType[]) {
    this.found = types.map((type) =>
      type.ids.length === 0 && type.takes.length === 0 && [...type.actions].some((one) => LOOKS_UP.has(one)) ? new Set(thingsOf(type)) : new Set(),
    );
    this.mentions = types.map(({ terms }) => new Set([...terms.name, ...terms.description].flatMap(withKin)));
    this.isSearch = types.map(({ terms }) => terms.name.some((term) => SEARCHES.has(term)));
  }

  /** The thing a type needs for one of its ids: the first of the terms that something looks up; null: nothing does. */
  needOf(ids: readonly string[], type: number): ReadonlySet<string> | null {
    for (const term of ids) {
      const kin = withKin(term);
      if (this.found.some((things, at) => at !== type && kin.some((one) => things.has(one)))) return new Set(kin);
    }
    return null;
  }

  finds(type: number, thing: ReadonlySet<string>): boolean {
    return [...thing].some((one) => this.found[type]?.has(one) === true);
  }

  /** It finds things of any kind. */
  findsAnything(type: number): boolean {
    return [...(this.found[type] ?? [])].some((term) => ANYTHING.has(term));
  }

  /** It speaks of the thing, but needs another found before: it may lead from that to this. */
  leadsTo(type: number, thing: ReadonlySet<string>): boolean {
    const ids = this.types[type]?.ids ?? [];
    if (ids.length === 0) return false;
    const need = ids.map((terms) => this.needOf(terms, type));
    const isOther = need.every((one) => one !== null && ![...one].some((term) => thing.has(term)));
    return isOther && [...thing].some((one) => this.mentions[type]?.has(one) === true);
  }
}

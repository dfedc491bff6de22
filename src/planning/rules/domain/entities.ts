import type { IdNeed } from './identifiers.js';
import type { IndexedType } from './indexed-type.js';
import { actionsOf, objectsOf } from './terms.js';

const LOOKS_UP = new Set(['#search', '#list', '#query']);
/** Stems of verbs by which a name says that it finds what is named. */
const SEARCHES = new Set(['search', 'find', 'lookup', 'queri', 'locat']);
/** Stems of nouns that stand for things of any kind. */
const ANYTHING = new Set(['item', 'entri', 'record', 'result', 'resourc', 'content', 'object']);

/** A kind of thing: its stem and its synonym classes. "People" and "person" are one. */
export type Thing = ReadonlySet<string>;

/** A stem with its synonym classes. */
export const withKin = (term: string): readonly string[] => [term, ...objectsOf(term)];
const shares = (terms: ReadonlySet<string> | undefined, thing: Thing): boolean =>
  terms !== undefined && [...thing].some((one) => terms.has(one));

/** Whether two words may stand for the same kind of thing. */
export const isSame = (one: Thing, other: Thing): boolean => shares(one, other);

const looksUp = (term: string): boolean => actionsOf(term).some((one) => LOOKS_UP.has(one));

/** Things a task type looks up; none for one that does something else. */
function foundBy({ takes, actions, terms, yields }: IndexedType): Thing {
  if (takes.length > 0) return new Set();
  const isLookup = [...actions].some((one) => LOOKS_UP.has(one));
  const named = isLookup ? terms.name.filter((term) => !looksUp(term)) : [];
  return new Set([...named, ...yields].flatMap(withKin));
}

/** Which task types find things, and which need one found. Types by their index. */
export class Entities {
  private readonly found: readonly Thing[];
  private readonly mentioned: readonly Thing[];
  private readonly needed: readonly (readonly (Thing | null)[])[];
  private readonly searches: readonly boolean[];

  constructor(private readonly types: readonly IndexedType[]) {
    // Who needs something found that somebody finds is no beginning.
    this.found = types.map((type) => (type.ids.length > 0 ? new Set<string>() : foundBy(type)));
    this.found = types.map((type, at) =>
      type.ids.every((need) => this.thingOf(need, at) === null) ? foundBy(type) : new Set<string>(),
    );
    this.mentioned = types.map(
      ({ terms, yields }) => new Set([...terms.name, ...terms.description, ...yields].flatMap(withKin)),
    );
    this.needed = types.map(({ ids }, type) => ids.map((need) => this.thingOf(need, type)));
    this.searches = types.map(({ terms }) => terms.name.some((term) => SEARCHES.has(term)));
  }

  /** The thing behind each id a type asks for; null: nothing in the catalogue finds it. */
  needsOf(type: number): readonly { readonly thing: Thing | null; readonly isParameter: boolean }[] {
    const ids = this.types[type]?.ids ?? [];
    return ids.map(({ isParameter }, at) => ({ thing: this.needed[type]?.[at] ?? null, isParameter }));
  }

  finds(type: number, thing: Thing): boolean {
    return shares(this.found[type], thing);
  }

  /** It finds things of any kind, as "trending items" does. */
  findsAnything(type: number): boolean {
    return shares(this.found[type], ANYTHING);
  }

  /** It needs another thing found and speaks of this one: it may lead from that to this. */
  leadsTo(type: number, thing: Thing): boolean {
    const needs = this.needed[type] ?? [];
    const isOther = needs.every((one) => one !== null && !shares(one, thing));
    return needs.length > 0 && isOther && shares(this.mentioned[type], thing);
  }

  /** It finds what is named, as "search films" does and "popular films" does not. */
  isSearch(type: number): boolean {
    return this.searches[type] === true;
  }

  private thingOf({ terms }: IdNeed, type: number): Thing | null {
    for (const term of terms) {
      const thing = new Set(withKin(term));
      if (this.found.some((things, at) => at !== type && shares(things, thing))) return thing;
    }
    return null;
  }
}

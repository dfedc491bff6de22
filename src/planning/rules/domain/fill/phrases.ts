import { USING } from '../actions.js';
import { ANAPHORA } from '../english/cues.js';
import { isBaseVerb } from '../verbs.js';
import { maskLiterals, type Literal } from '../literals.js';

/** A word of a clause as it stands, or a literal. */
interface Token {
  readonly text: string;
  readonly lower: string;
  readonly literal: Literal | null;
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

const DETERMINERS = words(
  'the a an all any each every both its their his her my our your this that these those of',
);
const ENDS = words(
  'of in on at to from by per for with into onto as against about via using and or but then that which who where when if ' +
    'unless while until so because after before there grouped sorted saying called named is are was were has have',
);
const EQUALS = words('is are was equals = ==');
const COMPARES = words('not above below over under more less greater smaller at between before after');
const BEFORE_VERBS = words(
  'please then also now next finally first second third firstly secondly thirdly lastly afterwards and so to i you we want need should must can could would just',
);
const POINTING = words(ANAPHORA);

/** Words for several things that were made before. */
const ALL = words('both all them these those together everything');

const PUNCTUATION = /^[("'[{]+|[.,;:!?)"'\]}]+$/g;

/** "The number of packages" speaks of packages. */
const QUANTITIES = words('number count amount total sum list names kinds');

/** A clause taken apart: its verb, its object, what follows which preposition. */
export class Phrases {
  private readonly tokens: readonly Token[];
  private readonly verb: number;
  readonly literals: readonly Literal[];

  constructor(clause: string) {
    const { text, literals } = maskLiterals(clause);
    this.literals = literals;
    this.tokens = text
      .split(/\s+/)
      .map((raw) => raw.replace(PUNCTUATION, ''))
      .filter((raw) => raw !== '')
      .map((raw) => {
        const at = /^§(\d{1,6})$/.exec(raw)?.[1];
        const literal = at === undefined ? null : (literals[Number(at)] ?? null);
        return { text: raw, lower: raw.toLowerCase(), literal };
      });
    const verb = this.tokens.findIndex(({ lower }) => !BEFORE_VERBS.has(lower));
    const first = verb < 0 ? this.tokens.length : verb;
    const isUsing = USING.has(this.tokens[first]?.lower ?? '');
    const asked = isUsing ? this.tokens.findIndex(({ lower }, at) => at > first && isBaseVerb(lower)) : -1;
    this.verb = asked < 0 ? first : asked;
  }

  /** The noun phrase right after the verb; null: a literal, a pronoun, or nothing stands there. */
  object(): string | null {
    return this.nounPhrase(this.verb + 1);
  }

  /** The noun phrase or the literal after the first of these words that has one. */
  after(prepositions: readonly string[]): string | Literal | null {
    for (const preposition of prepositions) {
      const parts = preposition.toLowerCase().split(' ');
      for (let at = this.verb + 1; at + parts.length < this.tokens.length; at += 1) {
        if (!parts.every((part, index) => this.tokens[at + index]?.lower === part)) continue;
        const start = this.skipDeterminers(at + parts.length);
        const found = this.tokens[start]?.literal ?? this.nounPhrase(start);
        if (found !== null) return found;
      }
    }
    return null;
  }

  /** The literal that fits at the end of the phrase after the first of these words: of "to the file out.json". */
  literalAfter(prepositions: readonly string[], fits: (literal: Literal) => boolean): Literal | null {
    for (const preposition of prepositions)
      for (let at = this.verb + 1; at < this.tokens.length; at += 1) {
        if (this.tokens[at]?.lower !== preposition) continue;
        const end = this.tokens.findIndex(
          ({ lower, literal }, next) => next > at && (literal !== null || ENDS.has(lower)),
        );
        const found = this.tokens[end]?.literal ?? null;
        if (found !== null && fits(found)) return found;
      }
    return null;
  }

  /** The object of the verb, if no article stands before it and it ends with the phrase: "ok" in "write ok to". */
  bareObject(): string | null {
    return this.skipDeterminers(this.verb + 1) > this.verb + 1 ? null : this.object();
  }

  /** Whether it speaks of several things made before: "both", "them". */
  isAboutAll(): boolean {
    return this.tokens.some(({ lower }, at) => at > this.verb && ALL.has(lower));
  }

  /** Whether it speaks of what was made before: "it", "the result". */
  isAnaphoric(): boolean {
    return this.tokens.some(({ lower }, at) => at > this.verb && POINTING.has(lower));
  }

  /** "Where the status is open" after one of these words: the field and what it equals; null: nothing so plain. */
  equality(
    prepositions: readonly string[],
  ): { readonly field: string; readonly value: string | Literal } | null {
    const start = this.tokens.findIndex(({ lower }, at) => at > this.verb && prepositions.includes(lower));
    if (start < 0) return null;
    const rest = this.tokens.slice(start + 1);
    const is = rest.findIndex(({ lower }) => EQUALS.has(lower));
    const field = rest.slice(0, is).filter(({ lower }) => !DETERMINERS.has(lower));
    const value = rest[is + 1];
    const end = rest[is + 2]?.lower;
    if (is < 0 || field.length !== 1 || field[0]?.literal != null || value === undefined) return null;
    if (ENDS.has(value.lower) || COMPARES.has(value.lower) || (end !== undefined && !ENDS.has(end)))
      return null;
    return { field: field[0]?.text ?? '', value: value.literal ?? value.text };
  }

  has(word: string): boolean {
    const parts = word.toLowerCase().split(' ');
    return this.tokens.some((_, at) => parts.every((part, index) => this.tokens[at + index]?.lower === part));
  }

  /** Every word as written, small. */
  lowerWords(): string[] {
    return this.tokens.filter(({ literal }) => literal === null).map(({ lower }) => lower);
  }

  /** Numbers with the word after each. */
  amounts(): { readonly amount: number; readonly unit: string }[] {
    return this.tokens.flatMap(({ lower }, at) =>
      /^\d{1,12}(\.\d{1,6})?$/.test(lower)
        ? [{ amount: Number(lower), unit: this.tokens[at + 1]?.lower ?? '' }]
        : [],
    );
  }

  private skipDeterminers(start: number): number {
    let at = start;
    while (DETERMINERS.has(this.tokens[at]?.lower ?? '')) at += 1;
    return at;
  }

  private nounPhrase(start: number): string | null {
    const found: string[] = [];
    let at = this.skipDeterminers(start);
    for (; found.length < 5; at += 1) {
      const token = this.tokens[at];
      if (token === undefined || token.literal !== null || ENDS.has(token.lower)) break;
      found.push(token.text);
    }
    const isQuantity = this.tokens[at]?.lower === 'of' && QUANTITIES.has(found.at(-1)?.toLowerCase() ?? '');
    const things = isQuantity ? this.nounPhrase(at + 1) : null;
    return things ?? (found.length === 0 ? null : found.join(' '));
  }
}

/** Whether a noun phrase only stands for what the step before has made. */
export const isAnaphor = (phrase: string): boolean => POINTING.has(headOf(phrase).toLowerCase());

/** The last word. */
export const headOf = (phrase: string): string => phrase.split(' ').at(-1) ?? phrase;

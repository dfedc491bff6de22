import {
  APPROVAL_CUES,
  APPROVALS,
  ASKING,
  CONDITION_CUES,
  COURTESIES,
  LEAD_IN,
  MODALS,
  NEGATIVE_CUES,
  OBJECT_LEADS,
  OTHERWISE_CUES,
  OUTCOMES,
  PARALLEL_CUES,
  PREPOSITIONS,
  SEQUENCE_CUES,
} from './english/cues.js';
import { isBaseVerb, isGerund, isImperative, isVerbForm } from './verbs.js';

/** How a piece stands to the one before it. */
export type Joint = 'chain' | 'parallel';
/** What a piece is for the others. */
export type Role = 'plain' | 'if' | 'unless' | 'otherwise';

/** A stretch of text between two cuts. */
export interface Piece {
  readonly text: string;
  readonly joint: Joint;
  readonly role: Role;
  /** With which neighbour it changes places to stand in the order of doing. */
  readonly swap: 'next' | 'previous' | null;
  readonly startsSentence: boolean;
}

interface Token {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** A place to cut: how many tokens the cut takes out and what begins behind it. */
interface Cut extends Partial<Omit<Piece, 'text'>> {
  readonly length: number;
  /** "In parallel: …": so are all pieces of the sentence. */
  readonly spreads?: true;
}

const set = (words: string) => new Set(words.split(' '));
const LEADS = set(LEAD_IN);
const ASKS = set(ASKING);
const APPROVING = set(APPROVALS);
const APPROVAL_LEADS = set(APPROVAL_CUES);
/** "But don't write it": what begins like this is a clause of its own, of what is not to be done. */
const REFUSALS = set("don't never avoid dont");
const COURTEOUS = set(COURTESIES);
const BREAKS = set('. ! ? ; \n');
const COORDINATORS = set(', and or but plus : ( - –');
const ASKERS = set('who whose what which when where why how');
const AUXILIARIES = set(
  'is are was were does did do can could will would should many much far long often old',
);
/** What says that something is so. */
const FINITE = new Set([...AUXILIARIES, ...set(OUTCOMES)]);
const SUBJECTS = set('there it they he she i we you');
/** What a verb behind it is no command: "to write", "is open", "the order". */
const NO_COMMAND_AFTER = set(`${OBJECT_LEADS} ${PREPOSITIONS} ${MODALS} i you we they he she`);
const MAX_LEAD = 8;
const TRAILING = set(', and then');

type Cues = readonly (readonly string[])[];
const cues = (phrases: readonly string[]): Cues =>
  phrases.map((phrase) => phrase.split(' ')).sort((a, b) => b.length - a.length);
const [SEQUENCE, PARALLEL, OTHERWISE] = [cues(SEQUENCE_CUES), cues(PARALLEL_CUES), cues(OTHERWISE_CUES)];
const [CONDITION, NEGATIVE] = [cues(CONDITION_CUES), cues(NEGATIVE_CUES)];

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const found of text.matchAll(/§\d+|[^\s.,;:!?()§]+(?:\.[^\s.,;:!?()§]+)*|[.,;:!?\n()]/g))
    tokens.push({ word: found[0].toLowerCase(), start: found.index, end: found.index + found[0].length });
  return tokens;
}

/** Finds the places to cut a text at. */
class Cutter {
  constructor(private readonly tokens: readonly Token[]) {}

  /** The cut at a token; null: the piece goes on. `first`: the piece begins here. */
  cutAt(at: number, first: number, role: Role): Cut | null {
    const word = this.word(at);
    if (BREAKS.has(word)) return { length: 1, startsSentence: true };
    if (role !== 'plain' && role !== 'otherwise') {
      if (word === ',') return { length: 1 };
      if (this.endsCondition(at, first)) return { length: 0 };
    }
    return this.atCue(at, first) ?? this.atCondition(at, first) ?? this.atVerb(at, first);
  }

  word(at: number): string {
    return this.tokens[at]?.word ?? '';
  }

  private atCue(at: number, first: number): Cut | null {
    const sequence = this.cue(at, SEQUENCE);
    if (sequence > 0) return { length: sequence, joint: 'chain' };
    const next = this.word(at) === 'next' && (this.word(at + 1) === ',' || this.hasVerb(at + 1, false));
    if (next) return { length: 1, joint: 'chain' };
    const parallel = this.cue(at, PARALLEL);
    if (parallel > 0 && at === first && this.word(at + parallel) === ':')
      return { length: parallel + 1, joint: 'parallel', spreads: true };
    // "Read a and b in parallel and write them": that is of what stands before.
    const isLast = this.endsSentence(at + parallel);
    const isOfBefore = at > first && (isLast || TRAILING.has(this.word(at + parallel)));
    if (parallel === 0 || (isLast && at === first)) return null;
    return isOfBefore ? { length: parallel } : { length: parallel, joint: 'parallel' };
  }

  private atCondition(at: number, first: number): Cut | null {
    const begins = at === first || this.word(at - 1) === ',' || this.word(at) === 'otherwise';
    const otherwise = begins ? this.cue(at, OTHERWISE) : 0;
    if (otherwise > 0) return { length: otherwise, role: 'otherwise' };
    const negative = this.cue(at, NEGATIVE);
    if (negative > 0) return { length: negative, role: 'unless' };
    if (this.hasApproval(at)) return { length: 1, role: 'if' };
    const positive = this.cue(at, CONDITION);
    if (positive > 0 && this.isCourtesy(at + positive))
      return this.word(at + positive) === 'you' ? null : { length: positive + 1 };
    if (positive === 0) return null;
    return at > first && ASKS.has(this.word(at - 1)) ? null : { length: positive, role: 'if' };
  }

  private atVerb(at: number, first: number): Cut | null {
    const word = this.word(at);
    if (COORDINATORS.has(word))
      return this.hasVerb(at + 1, false) || this.hasQuestion(at + 1) ? { length: 1 } : null;
    if (word === 'while' && (this.hasVerb(at + 1, true) || this.hasVerbForm(at + 1)))
      return { length: 1, joint: 'parallel' };
    if (word === 'without' || (word === 'instead' && this.word(at + 1) === 'of'))
      return at > first && isGerund(this.word(at + (word === 'without' ? 1 : 2))) ? { length: 0 } : null;
    if (word !== 'before' && word !== 'after') return null;
    if (!this.hasVerb(at + 1, true)) return null;
    const isNatural = (at === first) === (word === 'after');
    return { length: 1, swap: isNatural ? null : word === 'after' ? 'previous' : 'next' };
  }

  /** "If possible," and "if you can", but not "if available in a.json, …". */
  private isCourtesy(at: number): boolean {
    const next = this.word(at + 1);
    const isWhole = next === ',' || isBaseVerb(next) || this.endsSentence(at + 1);
    return COURTEOUS.has(this.word(at)) && (this.word(at) === 'you' || isWhole);
  }

  /** "After her approval", "once Ada has agreed": somebody's approval is told within a few words. */
  private hasApproval(at: number): boolean {
    if (!APPROVAL_LEADS.has(this.word(at))) return false;
    for (let next = at + 1; next < at + 7 && !this.endsSentence(next) && this.word(next) !== ','; next += 1) {
      if (APPROVING.has(this.word(next))) return true;
      if (isBaseVerb(this.word(next))) return false;
    }
    return false;
  }

  /** "If it is valid write it": without a comma the command begins where a second verb does. */
  private endsCondition(at: number, first: number): boolean {
    if (at < first + 2 || !isBaseVerb(this.word(at)) || NO_COMMAND_AFTER.has(this.word(at - 1))) return false;
    const said = this.tokens
      .slice(first, at)
      .some(({ word }) => FINITE.has(word) || word.endsWith("'s") || isVerbForm(word));
    return said && !this.hasComma(at);
  }

  private hasComma(from: number): boolean {
    for (let at = from; !this.endsSentence(at); at += 1)
      if (this.word(at) === ',' && this.cue(at + 1, OTHERWISE) === 0) return true;
    return false;
  }

  /** Whether a verb follows after what people say before one: "and also please book". */
  private hasVerb(from: number, takesGerund: boolean): boolean {
    if (this.hasPassive(from) || REFUSALS.has(this.word(from))) return true;
    for (let at = from; at < from + MAX_LEAD; at += 1) {
      const word = this.word(at);
      if (isBaseVerb(word) || (at === from && isImperative(word, this.word(at + 1)))) return true;
      if (takesGerund && isGerund(word)) return true;
      if (word !== ',' && !LEADS.has(word)) return false;
    }
    return false;
  }

  /** "A note should be taken". */
  private hasPassive(from: number): boolean {
    for (let at = from + 1; at < from + MAX_LEAD; at += 1) {
      const word = this.word(at);
      if (word === 'should' || word === 'must') return this.word(at + 1) === 'be';
      if (word === '' || word === ',' || BREAKS.has(word)) return false;
    }
    return false;
  }

  /** "While my car drives me home". */
  private hasVerbForm(from: number): boolean {
    return [0, 1, 2, 3].some((offset) => isVerbForm(this.word(from + offset)));
  }

  /** "How many", "is there", "what is". */
  private hasQuestion(at: number): boolean {
    const from = this.word(at) === 'and' ? at + 1 : at;
    const [first, second] = [this.word(from), this.word(from + 1)];
    return (ASKERS.has(first) && AUXILIARIES.has(second)) || (AUXILIARIES.has(first) && SUBJECTS.has(second));
  }

  private cue(at: number, phrases: Cues): number {
    return phrases.find((words) => words.every((word, index) => this.word(at + index) === word))?.length ?? 0;
  }

  private endsSentence(at: number): boolean {
    return at >= this.tokens.length || BREAKS.has(this.word(at));
  }
}

/** Without what joined it to its neighbours. */
const trimmed = (piece: string): string => piece.replace(/^[\s,:-]+|(?:[\s,:(-]|\b(?:and|or|but))+$/gi, '');

/** Cuts a masked text into pieces; each begins behind the cut and has at least one word. Linear in the text. */
export function cutPieces(text: string): readonly Piece[] {
  const tokens = tokensOf(text);
  const cutter = new Cutter(tokens);
  const pieces: Piece[] = [];
  let open: Omit<Piece, 'text'> = { joint: 'chain', role: 'plain', swap: null, startsSentence: true };
  let first = 0;
  let isSpread = false;
  const close = (end: number): boolean => {
    if (end <= first) return false;
    const piece = trimmed(text.slice(tokens[first]?.start, tokens[end - 1]?.end));
    if (!/[\p{L}\p{N}]/u.test(piece)) return false;
    pieces.push({ ...open, text: piece });
    return true;
  };
  for (let at = 0; at < tokens.length;) {
    const cut = cutter.cutAt(at, first, open.role);
    if (cut === null) {
      at += 1;
      continue;
    }
    const { length, spreads = false, ...begun } = cut;
    isSpread = spreads || (isSpread && cut.startsSentence !== true);
    const fresh = {
      joint: isSpread ? 'parallel' : 'chain',
      role: 'plain',
      swap: null,
      startsSentence: false,
    } as const;
    // A cue right behind another cut adds to it.
    open = close(at)
      ? { ...fresh, ...begun }
      : { ...open, ...begun, startsSentence: open.startsSentence || cut.startsSentence === true };
    at += length;
    first = at;
  }
  close(tokens.length);
  return pieces;
}

import type { JsonValue } from '../../../../common/json.js';
import { stemmer } from 'stemmer';
import type { Literal } from '../literals.js';
import { affinity, choiceByFile, durationFor, isDuration } from './affinity.js';
import { headOf, isAnaphor, type Phrases } from './phrases.js';
import type { Slot } from './slot.js';

/** A value out of the words of a clause, and why it is that one. */
export interface Placed {
  readonly value: JsonValue;
  readonly because: string;
}

export type Places = Map<string, Placed>;

/** Prepositions by what a parameter is called; only for parameters that take text. */
const PREPOSITIONS: readonly (readonly [names: readonly string[], after: readonly string[]])[] = [
  [
    ['location', 'city', 'place', 'area', 'country', 'region'],
    ['in', 'at', 'near', 'for'],
  ],
  [['destination', 'to', 'recipient', 'receiver', 'target'], ['to']],
  [['origin', 'departure', 'from', 'source', 'sender'], ['from']],
  [['date', 'day'], ['on']],
  [['time'], ['at']],
  [
    ['topic', 'subject', 'about', 'theme'],
    ['about', 'on', 'regarding'],
  ],
  [
    ['query', 'keyword', 'keywords', 'search', 'term'],
    ['for', 'about'],
  ],
  [['participant', 'participants', 'attendee', 'attendees', 'with', 'contact'], ['with']],
  [['language'], ['into', 'to', 'in']],
  [
    ['message', 'text', 'body'],
    ['saying', 'that says', 'with the text', 'with the message'],
  ],
  [
    ['name', 'title'],
    ['called', 'named', 'titled'],
  ],
];

const quote = (text: string): string => JSON.stringify(text.length > 80 ? `${text.slice(0, 79)}…` : text);

function choiceIn(slot: Slot, phrases: Phrases): Placed | null {
  const stems = phrases.lowerWords().map((word) => stemmer(word));
  for (const choice of slot.choices) {
    const aliases = slot.hint.words === undefined ? [] : (slot.hint.words[choice] ?? []);
    const alias = aliases.find((words) => phrases.has(words));
    const isNamed = slot.hint.words === undefined && stems.includes(stemmer(choice.toLowerCase()));
    if (alias !== undefined || isNamed)
      return { value: choice, because: `the words say ${quote(alias ?? choice)}` };
  }
  const byFile = choiceByFile(slot, phrases.literals);
  return byFile === null ? null : { value: byFile, because: 'of the ending of the file' };
}

function placeChoices(slots: readonly Slot[], phrases: Phrases, places: Places): void {
  for (const slot of slots) {
    if (slot.choices.length === 0) continue;
    const placed = choiceIn(slot, phrases);
    if (placed !== null) places.set(slot.name, placed);
  }
}

/** The best pairs first; of equally good ones the literal that comes first, then the required parameter. */
function placeLiterals(slots: readonly Slot[], phrases: Phrases, places: Places, used: Set<Literal>): void {
  const pairs = phrases.literals
    .filter((literal) => !used.has(literal))
    .flatMap((literal, at) => slots.map((slot) => ({ literal, slot, at, fit: affinity(literal, slot) })))
    .filter(({ fit }) => fit > 0)
    .sort((a, b) => b.fit - a.fit || Number(b.slot.isRequired) - Number(a.slot.isRequired) || a.at - b.at);
  for (const { literal, slot } of pairs) {
    if (used.has(literal) || places.has(slot.name)) continue;
    used.add(literal);
    places.set(slot.name, { value: valueOf(literal), because: `the words hold ${quote(literal.text)}` });
  }
}

function placeNumbers(slots: readonly Slot[], phrases: Phrases, places: Places): void {
  for (const amount of phrases.amounts()) {
    const free = slots.filter(
      ({ name, types, choices }) =>
        !places.has(name) && choices.length === 0 && (types.has('number') || types.has('integer')),
    );
    const timed = free.find((slot) => durationFor(slot, amount) !== null);
    const slot = isDuration(amount.unit) ? timed : free.find(({ isRequired }) => isRequired);
    if (slot === undefined) continue;
    const value = durationFor(slot, amount) ?? amount.amount;
    places.set(slot.name, { value, because: `the words say ${amount.amount} ${amount.unit}`.trimEnd() });
  }
}

/** A literal found by its preposition belongs to this parameter, whatever it is. */
export interface Pinned {
  readonly slot: Slot;
  readonly literal: Literal;
}

/** Words as the JSON value they name, a literal as what it is. */
function valueOf(word: string | Literal): JsonValue {
  if (typeof word !== 'string')
    return word.kind === 'json' ? (JSON.parse(word.text) as JsonValue) : word.text;
  if (/^(?:true|false|null|-?\d{1,12}(?:\.\d{1,6})?)$/.test(word)) return JSON.parse(word) as JsonValue;
  return word;
}

function placeEqualities(slots: readonly Slot[], phrases: Phrases, places: Places, used: Set<Literal>): void {
  for (const { name, hint } of slots) {
    const found = hint.equality === true ? phrases.equality(hint.after ?? []) : null;
    if (found === null) continue;
    const { field, value } = found;
    if (typeof value !== 'string') used.add(value);
    const because = `the words say ${quote(`${field} is ${typeof value === 'string' ? value : value.text}`)}`;
    places.set(name, { value: { [field]: valueOf(value) }, because });
  }
}

function phraseFor(slot: Slot, phrases: Phrases, places: Places): string | Literal | null {
  const { after, literal, object, clause, equality, onlyWith } = slot.hint;
  const isOther =
    onlyWith !== undefined && !onlyWith.in.includes(places.get(onlyWith.parameter)?.value as string);
  if (equality === true || isOther) return null;
  if (after !== undefined) {
    const found =
      literal === true
        ? phrases.literalAfter(after, (each) => affinity(each, slot) > 0)
        : phrases.after(after);
    if (found !== null) return found;
  }
  const isObject =
    object === true ||
    (object !== undefined && object.in.includes(places.get(object.parameter)?.value as string));
  if (isObject) return phrases.object();
  return clause === true ? '' : null;
}

function placeHinted(slots: readonly Slot[], phrases: Phrases, places: Places, used: Set<Literal>): Pinned[] {
  const pinned: Pinned[] = [];
  for (const slot of slots) {
    if (places.has(slot.name)) continue;
    const found = phraseFor(slot, phrases, places);
    if (found === null || found === '') continue;
    if (typeof found !== 'string') {
      if (used.has(found)) continue;
      used.add(found);
      if (slot.types.has('string'))
        places.set(slot.name, { value: found.text, because: `the words hold ${quote(found.text)}` });
      else pinned.push({ slot, literal: found });
    } else if (!isAnaphor(found)) {
      const value = slot.hint.head === true ? headOf(found) : found;
      places.set(slot.name, { value, because: `the words say ${quote(found)}` });
    }
  }
  return pinned;
}

function placeByPreposition(slots: readonly Slot[], phrases: Phrases, places: Places): void {
  for (const slot of slots) {
    const { name, types, choices, format, isLiteral, words, hint } = slot;
    if (places.has(name) || isLiteral || choices.length > 0 || format !== null || !types.has('string'))
      continue;
    if (hint.after !== undefined || hint.object !== undefined || hint.clause !== undefined) continue;
    const after = PREPOSITIONS.find(([names]) => names.some((each) => words.includes(each)))?.[1];
    const found = after === undefined ? null : phrases.after(after);
    if (typeof found === 'string' && !isAnaphor(found))
      places.set(name, { value: found, because: `the words say ${quote(found)}` });
  }
}

/** What the words of a clause say of its parameters, and what they leave for values made on the way. */
export interface Reading {
  readonly places: Places;
  readonly pinned: readonly Pinned[];
  /** Literals that no parameter takes as they are. */
  readonly left: readonly Literal[];
}

/** Finds values for parameters in the words of a clause: choices, hinted phrases, literals, numbers, prepositions. */
export function readPlaces(slots: readonly Slot[], phrases: Phrases): Reading {
  const places: Places = new Map();
  const used = new Set<Literal>();
  const open = slots.filter(({ isLiteral }) => !isLiteral);
  placeChoices(open, phrases, places);
  placeEqualities(open, phrases, places, used);
  const pinned = placeHinted(open, phrases, places, used);
  placeLiterals(open, phrases, places, used);
  placeNumbers(open, phrases, places);
  placeByPreposition(open, phrases, places);
  return { places, pinned, left: phrases.literals.filter((literal) => !used.has(literal)) };
}

import type { Literal, LiteralKind } from '../literals.js';
import { type Slot, takesData } from './slot.js';

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Names of parameters that want such a literal. */
const NAMES: Readonly<Record<LiteralKind, ReadonlySet<string>>> = {
  url: words('url uri link href endpoint address website webhook page feed site'),
  email: words('email mail recipient recipients to cc bcc from sender address contact'),
  file: words(
    'path file filename filepath document image picture photo audio sound video attachment source target',
  ),
  quoted: words(
    'title name query text message subject content question topic keyword keywords term phrase song movie note label term search',
  ),
  time: words('time hour start end at when until alarm deadline'),
  id: words('id'),
  json: words(''),
  date: words('date day start end on when until deadline birthday'),
  number: words('number count amount quantity limit total'),
};

const FORMATS: Readonly<Record<string, LiteralKind>> = {
  uuid: 'id',
  uri: 'url',
  url: 'url',
  'uri-reference': 'url',
  email: 'email',
  date: 'date',
  time: 'time',
  'date-time': 'time',
};

/** Kinds of media as parameters are called after them. */
const MEDIA = words('image audio video text picture photo sound');

/**
 * How well a literal fits a parameter: 3 by format, 2 by name, 1 because it takes any text; 0: not at all.
 * Files and addresses go nowhere but where they are asked for.
 */
export function affinity(literal: Literal, slot: Slot): 0 | 1 | 2 | 3 {
  if (slot.isLiteral || slot.choices.length > 0) return 0;
  if (literal.kind === 'json') return takesData(slot) && slot.hint.equality !== true ? 2 : 0;
  if (slot.types.size > 0 && !slot.types.has('string')) return 0;
  if (slot.format !== null) {
    const wanted = FORMATS[slot.format];
    if (wanted === undefined) return slot.words.some((word) => NAMES[literal.kind].has(word)) ? 2 : 0;
    return wanted === literal.kind ? 3 : 0;
  }
  if (!slot.types.has('string')) return literal.kind === 'quoted' && takesData(slot) ? 2 : 0;
  if (literal.medium !== null && slot.words.includes(literal.medium) && MEDIA.has(literal.medium)) return 3;
  if (slot.words.some((word) => NAMES[literal.kind].has(word))) return 2;
  return literal.kind === 'quoted' || literal.kind === 'date' || literal.kind === 'time' ? 1 : 0;
}

const SECONDS: Readonly<Record<string, number>> = {
  second: 1,
  sec: 1,
  s: 1,
  minute: 60,
  min: 60,
  hour: 3_600,
  h: 3_600,
  day: 86_400,
  week: 604_800,
};

const singular = (word: string): string => (word.length > 3 ? word.replace(/s$/, '') : word);

/** A duration in the unit its parameter is named after; null when it is not a duration or the parameter wants none. */
export function durationFor(
  { words: names }: Pick<Slot, 'words'>,
  { amount, unit }: { readonly amount: number; readonly unit: string },
): number | null {
  const from = SECONDS[singular(unit)];
  const wanted = names.map((word) => SECONDS[singular(word)]).find((each) => each !== undefined);
  return from === undefined || wanted === undefined ? null : (amount * from) / wanted;
}

/** Whether a number with this word after it is a duration. */
export const isDuration = (unit: string): boolean => SECONDS[singular(unit)] !== undefined;

const extensionOf = (text: string): string => /\.([a-z0-9]{1,8})$/i.exec(text)?.[1]?.toLowerCase() ?? '';

/** The choice that is called like the ending of a file: `json` for `package.json`. */
export function choiceByFile(slot: Slot, literals: readonly Literal[]): string | null {
  const endings = literals.filter(({ kind }) => kind !== 'email').map(({ text }) => extensionOf(text));
  return slot.choices.find((choice) => endings.includes(choice.toLowerCase())) ?? null;
}

import { stemmer } from 'stemmer';

const STOP = new Set(
  (
    'a an the this that these those my your our their his her its i you we they he she it me us them of in on at to for from ' +
    'by with as into about over is are was were be been being am do does did have has had can could will would should may ' +
    'might must shall want need like please also some any all each there here what which who whom whose how when where why ' +
    'and or but if so not no just very really now up out more most much many get got let know'
  ).split(' '),
);

/** Words of a name or sentence, small, `camelCase` and `snake_case` apart. */
export function wordsOf(text: string): string[] {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9§]+/)
    .filter((word) => word.length > 0);
}

/** Stems of the words that carry meaning, in their order. */
export const termsOf = (text: string): string[] =>
  wordsOf(text)
    .filter((word) => !STOP.has(word) && !word.startsWith('§') && (word.length > 1 || /\d/.test(word)))
    .map((word) => stemmer(word));

import { stemmer } from 'stemmer';
import { STOP_WORDS } from './english/stop-words.js';
import { ACTIONS, OBJECTS } from './english/synonyms.js';

const STOP = new Set(STOP_WORDS.split(' '));

/** Two words that mean one thing. */
const PAIRS = new Set(
  (
    'sign up|log in|log out|turn on|turn off|switch on|switch off|look up|set up|shut down|back up|check in|check out|' +
    'take off|work out|high speed|ride hailing|pay off|speed up|slow down'
  ).split('|'),
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

/** Words whose stem would be that of another word. */
const OWN_STEMS = new Set(['news', 'process', 'directions', 'direction']);

/** The stem of a word (Porter). */
export const stemOf = (word: string): string => (OWN_STEMS.has(word) ? word : stemmer(word));

const isTelling = (word: string): boolean =>
  !STOP.has(word) && !word.startsWith('§') && (word.length > 1 || /\d/.test(word));

/** Stems of the words that carry meaning, in their order. */
export function termsOf(text: string): string[] {
  const words = wordsOf(text);
  const terms: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] as string;
    const pair = `${word} ${words[at + 1] ?? ''}`;
    if (PAIRS.has(pair)) {
      terms.push(stemOf(pair.replace(' ', '')));
      at += 1;
    } else if (isTelling(word)) terms.push(stemOf(word));
  }
  return terms;
}

function classesByStem(classes: Readonly<Record<string, string>>): ReadonlyMap<string, readonly string[]> {
  const byStem = new Map<string, string[]>();
  for (const [name, words] of Object.entries(classes))
    for (const stem of new Set(words.split(' ').map(stemOf)))
      byStem.set(stem, [...(byStem.get(stem) ?? []), `#${name}`]);
  return byStem;
}

const ACTION_CLASSES = classesByStem(ACTIONS);
const OBJECT_CLASSES = classesByStem(OBJECTS);

/** Classes of actions a stem is of, each as `#class`; none for most. */
export const actionsOf = (stem: string): readonly string[] => ACTION_CLASSES.get(stem) ?? [];

/** Classes of things a stem is of, each as `#class`. */
export const objectsOf = (stem: string): readonly string[] => OBJECT_CLASSES.get(stem) ?? [];

/** Classes of a stem, of actions and of things. */
export const classesOf = (stem: string): readonly string[] => [...actionsOf(stem), ...objectsOf(stem)];

/** The same for names that differ only in case, separators and punctuation. */
export const bareName = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '');

const singular = (bare: string): string => bare.replace(/s$/, '');
const MAX_COMPARED = 64;

/** Levenshtein distance, given up beyond `limit`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    if (Math.min(...next) > limit) return limit + 1;
    row = next;
  }
  return row[b.length] as number;
}

const only = (found: readonly string[]): string | null => (found.length === 1 ? (found[0] as string) : null);

const wordsIn = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .map(singular);

/** Whether one list holds the other as a run, in its order. */
function holdsRun(all: readonly string[], run: readonly string[]): boolean {
  return all.some((_, at) => run.every((word, index) => all[at + index] === word));
}

/** Word by word, a slip of a letter in six: "audio" is not "video". */
function isSlip(a: readonly string[], b: readonly string[]): boolean {
  return (
    a.length === b.length &&
    a.every((word, at) => {
      const other = b[at] as string;
      const limit = Math.floor(word.length / 6);
      return word === other || (limit > 0 && distance(word, other, limit) <= limit);
    })
  );
}

/**
 * Finds the one known name that an unknown one must mean: the same but for case and separators, in the singular, by its
 * last part (`read` for `file.read`), by a slip of a letter, or because the words of one are a run in the other. null:
 * there is none, or more than one.
 */
export class NearName {
  private readonly byBare = new Map<string, string[]>();
  private readonly byLast = new Map<string, string[]>();
  /** Of the last part, with its words. */
  private readonly words: (readonly [name: string, words: readonly string[]])[] = [];
  private readonly answers = new Map<string, string | null>();

  constructor(private readonly names: readonly string[]) {
    for (const name of new Set(names)) {
      push(this.byBare, singular(bareName(name)), name);
      const parts = name.split('.');
      const last = parts.at(-1) as string;
      if (parts.length > 1) push(this.byLast, singular(bareName(last)), name);
      this.words.push([name, wordsIn(last)]);
    }
  }

  find(wanted: string): string | null {
    if (this.names.includes(wanted)) return wanted;
    if (!this.answers.has(wanted)) this.answers.set(wanted, this.search(wanted, singular(bareName(wanted))));
    return this.answers.get(wanted) ?? null;
  }

  private search(wanted: string, bare: string): string | null {
    if (bare === '' || bare.length > MAX_COMPARED) return null;
    const same = this.byBare.get(bare) ?? this.byLast.get(bare);
    if (same !== undefined) return only(same);
    const words = wordsIn(wanted);
    const slips = this.words.filter(([, known]) => isSlip(words, known)).map(([name]) => name);
    return slips.length > 0 ? only(slips) : this.contained(words);
  }

  /** A short word alone says too little. */
  private contained(wanted: readonly string[]): string | null {
    const isTelling = (words: readonly string[]) => words.join('').length >= 8;
    const found = this.words.filter(
      ([, words]) =>
        (isTelling(words) && holdsRun(wanted, words)) || (isTelling(wanted) && holdsRun(words, wanted)),
    );
    return only(found.map(([name]) => name));
  }
}

function push(map: Map<string, string[]>, key: string, name: string): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [name]);
  else list.push(name);
}

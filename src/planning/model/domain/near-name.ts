import { stemmer } from 'stemmer';
import { memo } from './memo.js';

const MAX_LENGTH = 120;
/** Names compared for all slips of one list of names: enough for every name of a usual answer. */
const WORK_LIMIT = 20_000;

/** Words of a name, small: `ImageDownloader2`, `image_downloader-2` → `image`, `downloader`, `2`. */
export const nameWords = memo(MAX_LENGTH, (name): readonly string[] =>
  name
    .normalize('NFKC')
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{L})(\p{N})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== ''),
);

/** The same for names that differ only in case, separators and punctuation. */
export const bareName = (name: string): string => nameWords(name).join('');

const stemOf = memo(MAX_LENGTH, (word) => (/^[a-z]{3,40}$/.test(word) ? stemmer(word) : word));

/** Without the endings of English words; words with other letters as they are. */
export const stemsOf = (words: readonly string[]): string[] => words.map(stemOf);

/** Letters changed, added, dropped or swapped with their neighbour (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1];
      const isSwap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const ways = [row[j - 1]! + (isSame ? 0 : 1), row[j]! + 1, next[j - 1]! + 1];
      if (isSwap) ways.push(before[j - 2]! + 1);
      next.push(Math.min(...ways));
    }
    [before, row] = [row, next];
  }
  return row[b.length]!;
}

const isAllowed = (slips: number, length: number): boolean => slips <= (length < 8 ? 1 : 2);

/**
 * Slips between two words; null: they are different words. A word keeps its first letter, so that `unlock` is never
 * taken for `lock`, and words with digits or of up to four letters have no slips.
 */
function slipsBetween(a: string, b: string): number | null {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  if (length < 5 || a[0] !== b[0] || Math.abs(a.length - b.length) > 2 || /\p{N}/u.test(a + b)) return null;
  const slips = editDistance(a, b);
  return isAllowed(slips, length) ? slips : null;
}

function isSlip(wanted: readonly string[], known: readonly string[]): boolean {
  let total = 0;
  for (const [at, word] of wanted.entries()) {
    const slips = slipsBetween(word, known[at]!);
    if (slips === null) return false;
    total += slips;
  }
  return isAllowed(total, wanted.join('').length);
}

class Index {
  private readonly names = new Map<string, Set<string>>();

  add(key: string, name: string): void {
    const found = this.names.get(key);
    if (found === undefined) this.names.set(key, new Set([name]));
    else found.add(name);
  }

  find(key: string): ReadonlySet<string> | undefined {
    return this.names.get(key);
  }
}

/** Of known names: where each is found by its words. */
interface Indexes {
  readonly words: readonly { readonly name: string; readonly words: readonly string[] }[];
  readonly bare: Index;
  readonly stemmed: Index;
  readonly ordered: Index;
  readonly tails: Index;
}

const inOrder = (stems: readonly string[]): string => [...stems].sort().join(' ');

function indexesOf(names: Iterable<string>): Indexes {
  const words = [...names].map((name) => ({ name, words: nameWords(name) }));
  const made = { words, bare: new Index(), stemmed: new Index(), ordered: new Index(), tails: new Index() };
  for (const { name, words: parts } of words) {
    const stems = stemsOf(parts);
    made.bare.add(parts.join(''), name);
    made.stemmed.add(stems.join(''), name);
    made.ordered.add(inOrder(stems), name);
    for (let from = 1; from < parts.length; from += 1) made.tails.add(stems.slice(from).join(''), name);
  }
  return made;
}

/**
 * Finds the one known name that an unknown one must mean: the same but for case, separators, endings of words or their
 * order, its last words (`read` for `file.read`), a path that ends in it, or a slip of a letter or two.
 * null: there is none, or more than one.
 */
export class NearName {
  private readonly exact: ReadonlySet<string>;
  private readonly answers = new Map<string, string | null>();
  private made: Indexes | undefined;
  private work = 0;

  /** `isWhole`: only names that are the same as a whole, but for spelling. */
  constructor(
    names: Iterable<string>,
    private readonly isWhole = false,
  ) {
    this.exact = new Set(names);
  }

  find(wanted: string): string | null {
    if (this.exact.has(wanted)) return wanted;
    if (wanted.length > MAX_LENGTH) return null;
    if (!this.answers.has(wanted)) this.answers.set(wanted, this.search(wanted));
    return this.answers.get(wanted) ?? null;
  }

  /** Made for the first name that is none of the known ones: most answers have no such name. */
  private get indexes(): Indexes {
    return (this.made ??= indexesOf(this.exact));
  }

  private search(wanted: string): string | null {
    const words = nameWords(wanted);
    if (words.length === 0) return null;
    const stems = stemsOf(words);
    const found =
      this.indexes.bare.find(words.join('')) ??
      this.indexes.stemmed.find(stems.join('')) ??
      (this.isWhole ? undefined : this.inPart(wanted, stems)) ??
      this.slips(words);
    const [only] = found;
    return found.size === 1 && only !== undefined ? only : null;
  }

  private inPart(wanted: string, stems: readonly string[]): ReadonlySet<string> | undefined {
    return (
      this.indexes.ordered.find(inOrder(stems)) ??
      this.indexes.tails.find(stems.join('')) ??
      this.underPath(wanted)
    );
  }

  /** `functions.file.read`, `tools/file.read`: what stands before the name says nothing. */
  private underPath(wanted: string): ReadonlySet<string> | undefined {
    const parts = wanted.split(/[.:/]/);
    for (let from = 1; from < parts.length; from += 1) {
      const found = this.indexes.bare.find(bareName(parts.slice(from).join('.')));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private slips(wanted: readonly string[]): ReadonlySet<string> {
    const found = new Set<string>();
    for (const { name, words } of this.indexes.words) {
      const isFitting = this.isWhole ? words.length === wanted.length : words.length >= wanted.length;
      if (!isFitting || this.work > WORK_LIMIT) continue;
      this.work += 1;
      if (isSlip(wanted, words.slice(-wanted.length))) found.add(name);
    }
    return found;
  }
}

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

/**
 * Finds the one known name that an unknown one must mean: the same but for case and separators, in the singular, by its
 * last part (`read` for `file.read`), or by a slip of a letter in six. null: there is none, or more than one.
 */
export class NearName {
  private readonly byBare = new Map<string, string[]>();
  private readonly byLast = new Map<string, string[]>();
  private readonly answers = new Map<string, string | null>();

  constructor(private readonly names: readonly string[]) {
    for (const name of new Set(names)) {
      push(this.byBare, singular(bareName(name)), name);
      const parts = name.split('.');
      if (parts.length > 1) push(this.byLast, singular(bareName(parts.at(-1) as string)), name);
    }
  }

  find(wanted: string): string | null {
    if (this.names.includes(wanted)) return wanted;
    if (!this.answers.has(wanted)) this.answers.set(wanted, this.search(singular(bareName(wanted))));
    return this.answers.get(wanted) ?? null;
  }

  private search(bare: string): string | null {
    if (bare === '' || bare.length > MAX_COMPARED) return null;
    const same = this.byBare.get(bare) ?? this.byLast.get(bare);
    return same === undefined ? this.slip(bare) : only(same);
  }

  private slip(bare: string): string | null {
    const limit = Math.floor(bare.length / 6);
    if (limit === 0) return null;
    return only(
      [...this.byBare].filter(([known]) => distance(bare, known, limit) <= limit).flatMap(([, all]) => all),
    );
  }
}

function push(map: Map<string, string[]>, key: string, name: string): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [name]);
  else list.push(name);
}

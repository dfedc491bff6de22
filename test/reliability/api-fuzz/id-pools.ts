/** How many of a kind are remembered: the latest that were made for this, and the latest that were met. */
const MAX_SOWN = 20;
const MAX_MET = 12;

const MARK = /__([A-Za-z]+)\.(\d+)__/g;

/** Stands for the id of something that exists when the request is sent: the `index`-th of its kind, round and round. */
export const idMark = (kind: string, index: number): string => `__${kind}.${index}__`;

/** Well-formed, and nobody's. */
const unknownId = (index: number): string =>
  `01920000-0000-7000-8000-${String(900_000_000_000 + index).padStart(12, '0')}`;

/** Ids of what exists, by the names that path parameters have for them. */
export class IdPools {
  private readonly sown = new Map<string, readonly string[]>();
  private readonly met = new Map<string, readonly string[]>();

  /** Something that was made to be asked for. */
  sow(kind: string, id: string): void {
    this.sown.set(kind, [id, ...(this.sown.get(kind) ?? [])].slice(0, MAX_SOWN));
  }

  /** Something that an answer told of. */
  meet(kind: string, id: string): void {
    if (!this.of(kind).includes(id))
      this.met.set(kind, [id, ...(this.met.get(kind) ?? [])].slice(0, MAX_MET));
  }

  remove(kind: string, id: string): void {
    for (const pool of [this.sown, this.met])
      pool.set(
        kind,
        (pool.get(kind) ?? []).filter((each) => each !== id),
      );
  }

  /** The latest first, as small numbers are drawn more often. */
  of(kind: string): readonly string[] {
    return [...(this.sown.get(kind) ?? []), ...(this.met.get(kind) ?? [])];
  }

  /** The text with ids instead of marks; where none of a kind is known, a well-formed one of nothing. */
  resolve(text: string): string {
    return text.replace(MARK, (_, kind: string, index: string) => {
      const ids = this.of(kind);
      return ids[Number(index) % ids.length] ?? unknownId(Number(index));
    });
  }
}

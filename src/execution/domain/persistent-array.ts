const CHUNK_BITS = 6;
const CHUNK_SIZE = 1 << CHUNK_BITS;
const CHUNK_MASK = CHUNK_SIZE - 1;

/** An array that never changes. What is made out of it by a draft shares every chunk of 64 the draft did not touch. */
export class PersistentArray<T> {
  /** Use `from`. */
  constructor(
    protected readonly chunks: readonly (readonly T[])[],
    readonly length: number,
  ) {}

  static from<T>(items: readonly T[]): PersistentArray<T> {
    const chunks: T[][] = [];
    for (let start = 0; start < items.length; start += CHUNK_SIZE)
      chunks.push(items.slice(start, start + CHUNK_SIZE));
    return new PersistentArray(chunks, items.length);
  }

  get(index: number): T {
    if (index < 0 || index >= this.length)
      throw new RangeError(`Index ${index} is outside 0..${this.length - 1}`);
    return (this.chunks[index >> CHUNK_BITS] as readonly T[])[index & CHUNK_MASK] as T;
  }

  *entries(): IterableIterator<[number, T]> {
    for (let index = 0; index < this.length; index += 1) yield [index, this.get(index)];
  }

  /** To change it: the array stays as it is. */
  draft(): ArrayDraft<T> {
    return new ArrayDraft(this.chunks.slice(), this.length);
  }
}

/**
 * An array while it is being changed. Each chunk is copied once, so that a pure step over a run of 10,000 tasks costs
 * about a microsecond and not a copy of the run, however many tasks it changes.
 */
export class ArrayDraft<T> extends PersistentArray<T> {
  /** Chunks nobody else has. */
  private readonly own: number[] = [];

  constructor(
    protected override readonly chunks: (readonly T[])[],
    override length: number,
  ) {
    super(chunks, length);
  }

  set(index: number, value: T): void {
    this.get(index);
    this.chunk(index >> CHUNK_BITS)[index & CHUNK_MASK] = value;
  }

  push(value: T): void {
    const index = this.length;
    if ((index & CHUNK_MASK) === 0) {
      this.own.push(this.chunks.length);
      this.chunks.push([]);
    }
    this.chunk(index >> CHUNK_BITS).push(value);
    this.length += 1;
  }

  /** The array it has become; the draft is not to be changed any more. */
  finish(): PersistentArray<T> {
    return new PersistentArray(this.chunks, this.length);
  }

  private chunk(index: number): T[] {
    const chunk = this.chunks[index] as T[];
    if (this.own.includes(index)) return chunk;
    this.own.push(index);
    return (this.chunks[index] = chunk.slice()) as T[];
  }
}

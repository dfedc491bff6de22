/** A heap of at most `capacity` positions that gives the smallest first. */
export class PositionHeap {
  private readonly items: Int32Array;
  private count = 0;

  constructor(capacity: number) {
    this.items = new Int32Array(capacity);
  }

  get size(): number {
    return this.count;
  }

  push(position: number): void {
    let child = this.count++;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (this.items[parent]! <= position) break;
      this.items[child] = this.items[parent]!;
      child = parent;
    }
    this.items[child] = position;
  }

  /** The smallest position; only while `size` > 0. */
  pop(): number {
    const smallest = this.items[0]!;
    const last = this.items[--this.count]!;
    let parent = 0;
    for (let child = 1; child < this.count; child = 2 * parent + 1) {
      if (child + 1 < this.count && this.items[child + 1]! < this.items[child]!) child++;
      if (last <= this.items[child]!) break;
      this.items[parent] = this.items[child]!;
      parent = child;
    }
    this.items[parent] = last;
    return smallest;
  }
}

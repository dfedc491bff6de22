/** A heap of positions. */
export class PositionHeap {
  private readonly items: number[] = [];

  /** Without an order of its own: the smallest first. */
  constructor(private readonly isBefore: (a: number, b: number) => boolean = (a, b) => a < b) {}

  get size(): number {
    return this.items.length;
  }

  push(position: number): void {
    const { items } = this;
    let at = items.push(position) - 1;
    for (
      let parent = (at - 1) >> 1;
      at > 0 && this.isBefore(position, items[parent]!);
      parent = (at - 1) >> 1
    ) {
      items[at] = items[parent]!;
      at = parent;
    }
    items[at] = position;
  }

  /** The first position; only while `size` > 0. */
  pop(): number {
    const { items } = this;
    const first = items[0]!;
    const last = items.pop()!;
    if (items.length > 0) this.sink(last);
    return first;
  }

  /** Puts a position where the first one was. */
  private sink(position: number): void {
    const { items } = this;
    let at = 0;
    for (let child = 1; child < items.length; child = 2 * at + 1) {
      if (child + 1 < items.length && this.isBefore(items[child + 1]!, items[child]!)) child += 1;
      if (!this.isBefore(items[child]!, position)) break;
      items[at] = items[child]!;
      at = child;
    }
    items[at] = position;
  }
}

/** A waiting request for a slot; `priority` 9 goes before 0, equals in the order they came. */
interface Request {
  readonly priority: number;
  readonly order: number;
  readonly start: () => void;
}

const before = (a: Request, b: Request): boolean =>
  a.priority > b.priority || (a.priority === b.priority && a.order < b.order);

/**
 * How many attempts a process executes at a time. While it is paused (this process may no longer be the owner of
 * anything, or is shutting down) nothing starts and everything waits.
 */
export class Slots {
  private readonly heap: Request[] = [];
  private free: number;
  private paused = false;
  private requests = 0;

  constructor(readonly size: number) {
    this.free = size;
  }

  get busy(): number {
    return this.size - this.free;
  }

  /** Calls `start` when a slot is free; whoever was started calls `release` once. */
  request(priority: number, start: () => void): void {
    this.push({ priority, order: (this.requests += 1), start });
    this.fill();
  }

  release(): void {
    this.free += 1;
    this.fill();
  }

  pause(paused: boolean): void {
    this.paused = paused;
    this.fill();
  }

  private fill(): void {
    while (!this.paused && this.free > 0) {
      const next = this.pop();
      if (next === undefined) return;
      this.free -= 1;
      next.start();
    }
  }

  private push(request: Request): void {
    const { heap } = this;
    let index = heap.push(request) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!before(request, heap[parent] as Request)) break;
      heap[index] = heap[parent] as Request;
      index = parent;
    }
    heap[index] = request;
  }

  private pop(): Request | undefined {
    const { heap } = this;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1] as Request, heap[child] as Request)) child += 1;
      if (!before(heap[child] as Request, last)) break;
      heap[index] = heap[child] as Request;
      index = child;
    }
    heap[index] = last;
    return first;
  }
}

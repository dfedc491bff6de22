import { workForAll } from './work-ids.js';

/**
 * Group commit: what is added while a batch is under way becomes the next batch, in the order it came. One batch at a
 * time, so that many callers share one transaction. An error of `flush` reaches every caller of its batch.
 */
export class GroupCommit<Item, Answer> {
  private waiting: { readonly item: Item; readonly answer: PromiseWithResolvers<Answer> }[] = [];
  private busy: Promise<void> | null = null;

  /** `flush` answers one entry an item, in the same order. */
  constructor(
    private readonly flush: (items: readonly Item[]) => Promise<readonly Answer[]>,
    private readonly maxItems: number,
  ) {}

  add(item: Item): Promise<Answer> {
    const answer = Promise.withResolvers<Answer>();
    this.waiting.push({ item, answer });
    this.busy ??= workForAll(() => this.run());
    return answer.promise;
  }

  /** Nothing is under way and nothing waits. */
  get isIdle(): boolean {
    return this.busy === null;
  }

  /** When nothing waits any more. */
  async idle(): Promise<void> {
    while (this.busy !== null) await this.busy;
  }

  private async run(): Promise<void> {
    // Whoever adds in the same turn is in the first batch.
    await Promise.resolve();
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, this.maxItems);
      try {
        const answers = await this.flush(batch.map(({ item }) => item));
        for (const [index, { answer }] of batch.entries()) answer.resolve(answers[index] as Answer);
      } catch (error) {
        for (const { answer } of batch) answer.reject(error as Error);
      }
    }
    this.busy = null;
  }
}

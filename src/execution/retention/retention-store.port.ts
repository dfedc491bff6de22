/** What retention needs of the database. */
export abstract class RetentionStore {
  /**
   * Deletes some of the runs that ended before `before`, the oldest first, with everything that belongs to them, in one
   * short transaction. Answers how many; null when another process is at it.
   */
  abstract deleteSome(before: Date): Promise<number | null>;
}

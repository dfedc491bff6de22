import type { CountedAnswer } from './counted-answer.js';

/** How many answers of one kind one hour had. */
export interface AnswerCount extends CountedAnswer {
  /** Its beginning. */
  readonly hour: Date;
  readonly answers: number;
}

/** Answers counted by hour, function, agent, workflow, source and reason; shared by all processes. */
export abstract class AnswerCountsStore {
  /** Adds to what is there, all or nothing. No two of them are of the same kind and hour. */
  abstract add(counts: readonly AnswerCount[]): Promise<void>;
  /** Deletes at most `limit` counts of hours that began before; answers how many. */
  abstract deleteSome(before: Date, limit: number): Promise<number>;
}

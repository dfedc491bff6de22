/** The right to execute a run, as the queue hands it out. `attempt` fences settling it. */
export interface RunJob {
  readonly jobId: string;
  readonly attempt: number;
  readonly runId: string;
}

export interface NewRunJob {
  readonly jobId: string;
  readonly runId: string;
  /** Higher first. */
  readonly priority?: number;
  readonly startAfter?: Date;
}

/** Urgent: a signal or a take-over; goes before what is merely queued. */
export const URGENT_PRIORITY = 10;

/** Who executes which run. One job at a time may claim a run: the one its row names. */
export abstract class RunQueue {
  /** Adds jobs inside the caller's open transaction; they exist when it commits. */
  abstract enqueue(jobs: readonly NewRunJob[]): Promise<void>;
  /** Hands out at most `limit` jobs, most urgent first. */
  abstract fetch(limit: number): Promise<readonly RunJob[]>;
  /** Says that the holder is alive. Jobs that are silent for 10 s are handed out again. */
  abstract touch(jobs: readonly RunJob[]): Promise<void>;
  abstract complete(jobs: readonly RunJob[]): Promise<void>;
  /** Calls back when jobs may be there; a hint, never a promise. */
  abstract onAvailable(listener: () => void): Promise<void>;
}

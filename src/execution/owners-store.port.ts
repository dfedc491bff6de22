/** A process that executes runs. */
export interface Owner {
  readonly id: string;
  readonly host: string;
  readonly pid: number;
}

/** Which processes own runs, which of them are alive, and what becomes of the runs of one that is not. */
export abstract class OwnersStore {
  /** Registers the process, or says that it is alive. Fails within two seconds when the database does not answer. */
  abstract beat(owner: Owner): Promise<void>;
  /** The process owns nothing any more and ends. */
  abstract leave(ownerId: string): Promise<void>;
  /** Other processes that are dead or cut off. */
  abstract findSuspects(ownerId: string): Promise<readonly string[]>;
  /** Takes at most `limit` runs away from a process and queues them; answers how many. */
  abstract disown(ownerId: string, limit: number): Promise<number>;
  /** Forgets a process that owns nothing. */
  abstract forgetIfIdle(ownerId: string): Promise<void>;
  /** Queues at most `limit` runs that should have a live job and have none; answers how many. */
  abstract sweep(limit: number): Promise<number>;
}

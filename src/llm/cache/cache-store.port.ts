import type { CachedAnswer } from './cached-answer.js';

/** What another process found out, or is finding out. */
export type Shared =
  | { readonly kind: 'answer'; readonly found: CachedAnswer; readonly ttlMs: number }
  /** This process has the lease: it asks, and others wait. */
  | { readonly kind: 'leased' }
  /** Another process has it. */
  | { readonly kind: 'busy' };

/** Answers all processes share (L2), and who is asking now. Times are those of the database. */
export abstract class CacheStore {
  /** The answer, else the lease unless another process has it. One short statement. */
  abstract findOrLease(key: string, owner: string, leaseMs: number): Promise<Shared>;
  /** Keeps an answer and gives the lease back. */
  abstract save(key: string, functionName: string, answer: CachedAnswer, ttlSeconds: number): Promise<void>;
  /** Gives the lease back without an answer. */
  abstract release(key: string, owner: string): Promise<void>;
  /** Deletes at most `limit` answers, and leases, whose time is over; answers how many answers. */
  abstract deleteExpired(limit: number): Promise<number>;
}

import type { RememberedPlan } from './domain/remembered-plan.js';

/** How plans turned out that memory itself made, since it began. */
export interface MemoryUse {
  /** Drafts it was sure of, and what people decided about them. */
  readonly planned: number;
  readonly approved: number;
  readonly rejected: number;
}

/** Where is kept which plans were learned from. */
export abstract class PlanMemoryStore {
  /**
   * Learns what has ended or was decided since: approved plans that ran to their end, as good; plans that failed or were
   * rejected, as bad; once bad stays bad. Only plans that were asked for in words.
   */
  abstract learn(since: Date): Promise<void>;
  /** Changes whenever what is remembered does. */
  abstract version(): Promise<string>;
  /** The newest, at most `limit`. */
  abstract load(limit: number): Promise<readonly RememberedPlan[]>;
  /** For good; false: no such plan is remembered. */
  abstract forget(planId: string): Promise<boolean>;
  abstract use(): Promise<MemoryUse>;
}

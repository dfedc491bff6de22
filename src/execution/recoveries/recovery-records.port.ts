import type { Proposal } from '../domain/proposal.js';

/** What was proposed about a failed attempt. */
export interface RecoveryRecord {
  readonly runId: string;
  /** UUID of the task. */
  readonly id: string;
  /** Slug of the task. */
  readonly taskId: string;
  readonly attempt: number;
  readonly proposal: Proposal;
  readonly at: Date;
}

/** Recoveries as they are on record. */
export abstract class RecoveryRecords {
  /** Those of a run, oldest first, at most 200. */
  abstract ofRun(runId: string): Promise<readonly RecoveryRecord[]>;
}

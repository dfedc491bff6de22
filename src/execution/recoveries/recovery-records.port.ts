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

/** What was done about a failed attempt: by whoever proposed it, and then by the person who was asked. */
export interface AppliedRecovery {
  /** Slug of the task. */
  readonly taskId: string;
  readonly attempt: number;
  /** In the word of the recovery where it has one. */
  readonly action: string;
  readonly source: string;
  /** The person who decided; null: nobody did. */
  readonly by: string | null;
  readonly comment: string | null;
  readonly at: Date;
}

/** What became of a recovery; `none`: its task ended for another reason. */
export interface SettledRecovery {
  readonly proposal: Proposal;
  readonly outcome: 'worked' | 'failed' | 'none';
}

/** Recoveries as they are on record. */
export abstract class RecoveryRecords {
  /**
   * Says what became of recoveries with this `details.signature` that nobody has asked about since, and of which that is
   * known by now: a task that succeeded or was skipped as proposed, or that failed once more. In the ambient transaction.
   */
  abstract settle(signature: string): Promise<readonly SettledRecovery[]>;
  /** Those of a run, oldest first, at most 200. */
  abstract ofRun(runId: string): Promise<readonly RecoveryRecord[]>;
  /** What was applied of them, oldest first. */
  abstract applied(runId: string): Promise<readonly AppliedRecovery[]>;
}

import { Port } from '../common/ports.js';
import type { Effect } from '../tasks/domain/effect.js';
import type { TaskFailure } from '../tasks/domain/task-error.js';
import type { Definition, TaskDefinition } from '../workflows/domain/definition.js';
import type { Proposal } from './domain/proposal.js';

/** A failed attempt as an advisor sees it. */
export interface RecoveryContext {
  readonly runId: string;
  readonly workflowId: string | null;
  /** Whether the run was started with the help of models. */
  readonly assisted: boolean;
  /** UUID of the task. */
  readonly id: string;
  /** What failed: the task as it stands, or the alternative it has come to. */
  readonly task: TaskDefinition;
  /** The run as it stands, changed and added tasks included. */
  readonly definition: Pick<Definition, 'tasks'>;
  readonly agentId: string | null;
  readonly attempt: number;
  /** The advisor had a say in an earlier failure of the task. */
  readonly isAdvised: boolean;
  readonly effect: Effect | null;
  /** Alternatives it has not come to. */
  readonly alternativesLeft: number;
  readonly failure: TaskFailure;
  /** What the rules would do. */
  readonly rules: Proposal;
}

/**
 * Says what to do about failed attempts. An error of it, or an answer that is no proposal or does not fit, leaves it to
 * the rules and is on record (`recovery.refused`).
 */
export interface RecoveryAdvisor {
  /** Whether this failure is worth asking about; else the rules decide at once. Cheap; an error means no. */
  isAsked(context: RecoveryContext): boolean;
  /** Asked once for each failed attempt, when its error is on record. Holds no slot and no transaction. */
  advise(context: RecoveryContext): Promise<Proposal>;
}

/** Nobody is asked: `ruleBasedRecovery` decides. */
export const RECOVERY_ADVISOR = new Port<RecoveryAdvisor>('RECOVERY_ADVISOR', {
  isAsked: () => false,
  advise: ({ rules }) => Promise.resolve(rules),
});

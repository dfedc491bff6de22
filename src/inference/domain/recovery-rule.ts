import type { ErrorClass } from '../../tasks/domain/task-error.js';
import type { EarlierRecovery } from './recovery-twin.js';
import type { RecoveryActionName } from './recovery.js';

/** How often in a row a recovery has to help before it becomes a rule. */
export const PROMOTED_AFTER = 3;
/** Uses that are remembered. */
export const WINDOW = 10;

/** `candidate`: a model proposed it; `active`: applied without a model; `demoted`: it stopped helping. */
export const RULE_STATUSES = ['candidate', 'active', 'demoted', 'retired'] as const;
export type RuleStatus = (typeof RULE_STATUSES)[number];

/** What became of a recovery. */
export type RecoveryOutcome = 'worked' | 'failed';

/** What is known of one recovery for one kind of failure. */
export interface RecoveryRule {
  readonly id: string;
  readonly taskType: string;
  readonly errorClass: ErrorClass;
  readonly fingerprint: string;
  /** Of the kind of failure. */
  readonly signature: string;
  /** `toAgentId` is null: the agent is chosen when it is applied. */
  readonly recovery: EarlierRecovery;
  readonly status: RuleStatus;
  /** A person wants it as it is: it is not demoted. */
  readonly pinned: boolean;
  readonly successes: number;
  readonly failures: number;
  /** Of the last uses, oldest first. */
  readonly recent: readonly RecoveryOutcome[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Actions that may have helped by themselves; a person's help, or an end, teaches nothing. */
const LEARNABLE: ReadonlySet<RecoveryActionName> = new Set([
  'retry',
  'adjust_parameters',
  'delegate',
  'use_alternative',
  'compensate',
  'skip',
]);

/** What a rule says of a recovery; null: nothing to be learned. */
export const toLearnable = (recovery: EarlierRecovery): EarlierRecovery | null =>
  LEARNABLE.has(recovery.action) ? { ...recovery, toAgentId: null } : null;

/** A rule after one more use: three successes in a row promote it, one failure demotes it. Pure. */
export function learn(rule: RecoveryRule, outcome: RecoveryOutcome): RecoveryRule {
  const recent = [...rule.recent, outcome].slice(-WINDOW);
  const counted = {
    ...rule,
    recent,
    successes: rule.successes + (outcome === 'worked' ? 1 : 0),
    failures: rule.failures + (outcome === 'failed' ? 1 : 0),
  };
  return { ...counted, status: statusAfter(rule, recent) };
}

function statusAfter({ status, pinned }: RecoveryRule, recent: readonly RecoveryOutcome[]): RuleStatus {
  if (pinned || status === 'retired') return status;
  if (recent.at(-1) === 'failed') return status === 'active' ? 'demoted' : status;
  const streak = recent.slice(-PROMOTED_AFTER);
  return streak.length === PROMOTED_AFTER && streak.every((each) => each === 'worked') ? 'active' : status;
}

/** Those that may be applied, best first: pinned ones, then what helped most often of late. */
export function applicable(rules: readonly RecoveryRule[]): RecoveryRule[] {
  const worked = ({ recent }: RecoveryRule): number => recent.filter((each) => each === 'worked').length;
  return rules
    .filter(({ status }) => status === 'active')
    .sort((a, b) => Number(b.pinned) - Number(a.pinned) || worked(b) - worked(a) || (a.id < b.id ? -1 : 1));
}

/** Those that failed when they were last used: nobody should think of them again too soon. */
export const doubtful = (rules: readonly RecoveryRule[]): RecoveryRule[] =>
  rules.filter(({ recent, pinned }) => !pinned && recent.at(-1) === 'failed');

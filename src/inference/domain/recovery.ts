import { canonicalJson } from '../../common/canonical-json.js';
import type { ExecutionMode } from '../../common/intelligence.js';
import type { JsonObject } from '../../common/json.js';
import type { PolicyAction } from '../../agents/domain/intelligence.js';
import type { Effect } from '../../tasks/domain/effect.js';
import { mayDo } from './policy.js';

/** What can be done about one failed task. */
export const RECOVERY_ACTIONS = [
  'retry',
  'adjust_parameters',
  'delegate',
  'use_alternative',
  'compensate',
  'skip',
  'ask_person',
  'fail',
] as const satisfies readonly PolicyAction[];
export type RecoveryActionName = (typeof RECOVERY_ACTIONS)[number];

/** What to do about a failed task. */
export interface Recovery {
  readonly action: RecoveryActionName;
  /** Of `retry` and `adjust_parameters`; else 0. */
  readonly delaySeconds: number;
  /** Of `adjust_parameters`: new values by name; else empty. */
  readonly parameters: JsonObject;
  /** Of `delegate`; else null. */
  readonly toAgentId: string | null;
  /** For people. */
  readonly reason: string;
}

/** What decides which actions there are. */
export interface RecoverySituation {
  /** null: it has not begun. */
  readonly effect: Effect | null;
  readonly optional: boolean;
  readonly alternativesLeft: number;
  readonly hasCompensation: boolean;
  /** Parameters that its type lets a recovery change. */
  readonly adjustable: readonly string[];
  /** Active agents that could do it, beside the one it failed with. */
  readonly agentIds: readonly string[];
}

const EXISTS: Readonly<Record<RecoveryActionName, (situation: RecoverySituation) => boolean>> = {
  retry: () => true,
  adjust_parameters: ({ adjustable }) => adjustable.length > 0,
  delegate: ({ agentIds }) => agentIds.length > 0,
  use_alternative: ({ alternativesLeft }) => alternativesLeft > 0,
  compensate: ({ hasCompensation }) => hasCompensation,
  skip: ({ optional }) => optional,
  ask_person: () => true,
  fail: () => true,
};

/** What does the work once more, as it is or otherwise. */
const REPEATS: ReadonlySet<RecoveryActionName> = new Set([
  'retry',
  'adjust_parameters',
  'delegate',
  'use_alternative',
  'compensate',
]);

/** What may be done without a person, whoever decides; what cannot be undone is never repeated. */
export const possibleActions = (situation: RecoverySituation): RecoveryActionName[] =>
  RECOVERY_ACTIONS.filter(
    (action) => EXISTS[action](situation) && !(situation.effect === 'irreversible' && REPEATS.has(action)),
  );

/** What a model, or a rule learned from one, may do. */
export const legalActions = (situation: RecoverySituation, mode: ExecutionMode): RecoveryActionName[] =>
  possibleActions(situation).filter((action) => mayDo(action, mode));

/** What helps most comes first: a run that goes on without anybody, a person, an end. */
export type Rank = 'recovers' | 'asks' | 'fails';
const RANKS: readonly Rank[] = ['recovers', 'asks', 'fails'];

export const rankOf = ({ action }: Pick<Recovery, 'action'>): Rank =>
  action === 'fail' ? 'fails' : action === 'ask_person' ? 'asks' : 'recovers';

/** Whether a model that says `proposed` gives up sooner than rules alone would. */
export const givesUp = (proposed: Pick<Recovery, 'action'>, byRules: Pick<Recovery, 'action'>): boolean =>
  RANKS.indexOf(rankOf(proposed)) > RANKS.indexOf(rankOf(byRules));

/** What makes two recoveries the same; why somebody wants one does not. */
export const recoveryKey = ({
  action,
  delaySeconds,
  parameters,
  toAgentId,
}: Omit<Recovery, 'reason'>): string => canonicalJson([action, delaySeconds, parameters, toAgentId]);

import type { ErrorClass } from '../../tasks/domain/task-error.js';
import {
  possibleActions,
  type Recovery,
  type RecoveryActionName,
  type RecoverySituation,
} from './recovery.js';

/**
 * What rules do about an error, best first, once the retries and alternatives of its task are used up. What ends here
 * with `ask_person` a person can do something about; what ends with `fail` would fail again whatever anybody did.
 */
const ORDER: Readonly<Record<ErrorClass, readonly RecoveryActionName[]>> = {
  transient: ['ask_person'],
  rate_limited: ['delegate', 'ask_person'],
  timeout: ['ask_person'],
  invalid_input: ['fail'],
  not_found: ['ask_person'],
  conflict: ['compensate', 'ask_person'],
  unauthorized: ['delegate', 'ask_person'],
  dependency: ['ask_person'],
  resource: ['delegate', 'ask_person'],
  budget: ['fail'],
  permanent: ['fail'],
  unexpected: ['ask_person'],
};

/** Agents a task is given to before a person is asked. */
const MAX_DELEGATIONS = 3;

export type EarlierRecovery = Omit<Recovery, 'reason'>;

/** What rules do. `tried`: of this task, with this error or another. Pure and total. */
export function recoverByRules(
  errorClass: ErrorClass,
  situation: RecoverySituation,
  tried: readonly EarlierRecovery[],
): Recovery {
  const possible = possibleActions(situation);
  if (possible.includes('skip')) return recovery('skip', 'The task is optional.');
  const delegations = tried.filter(({ action }) => action === 'delegate');
  const given = new Set(delegations.map(({ toAgentId }) => toAgentId));
  const toAgentId = situation.agentIds.find((id) => !given.has(id)) ?? null;
  const isLeft = (action: RecoveryActionName): boolean => {
    if (!possible.includes(action)) return false;
    if (action === 'delegate') return toAgentId !== null && delegations.length < MAX_DELEGATIONS;
    return action !== 'compensate' || !tried.some((each) => each.action === 'compensate');
  };
  const order: readonly RecoveryActionName[] =
    situation.effect === 'irreversible' ? ['ask_person'] : ORDER[errorClass];
  const action = order.find(isLeft) ?? 'fail';
  const about = `an error of class ${errorClass}`;
  if (action === 'delegate') return { ...recovery(action, `For ${about} another agent tries.`), toAgentId };
  if (situation.effect === 'irreversible')
    return recovery(action, 'What it does cannot be undone, so it is not repeated: a person decides.');
  return recovery(action, REASONS[action as keyof typeof REASONS](about));
}

const REASONS = {
  compensate: (about: string) => `For ${about} what it may have left is cleared up first.`,
  ask_person: (about: string) => `Rules have nothing more against ${about}.`,
  fail: (about: string) => `There is nothing against ${about}.`,
} as const;

const recovery = (action: RecoveryActionName, reason: string): Recovery => ({
  ...{ action, reason, delaySeconds: 0, parameters: {}, toAgentId: null },
});

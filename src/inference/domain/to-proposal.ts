import { assertNever } from '../../common/assert-never.js';
import type { JsonObject } from '../../common/json.js';
import {
  PERSON_CHOICES,
  type PersonChoice,
  type Proposal,
  type RecoveryAction,
} from '../../execution/domain/proposal.js';
import type { TaskFailure } from '../../tasks/domain/task-error.js';
import type { Recovery, RecoverySituation } from './recovery.js';
import type { EarlierRecovery } from './recovery-twin.js';

/** What a person is told beside the recovery itself. */
export interface Asking {
  readonly taskId: string;
  readonly taskType: string;
  readonly failure: TaskFailure;
  readonly situation: RecoverySituation;
  readonly tried: readonly EarlierRecovery[];
}

const CHOICES: Readonly<Record<PersonChoice, (situation: RecoverySituation) => boolean>> = {
  retry: () => true,
  delegate: ({ agentIds }) => agentIds.length > 0,
  alternative: ({ alternativesLeft }) => alternativesLeft > 0,
  compensate: ({ hasCompensation }) => hasCompensation,
  skip: ({ optional }) => optional,
  fail: () => true,
};

/** A person may also repeat what cannot be undone: they can look first. */
const choicesOf = (situation: RecoverySituation): PersonChoice[] =>
  PERSON_CHOICES.filter((choice) => CHOICES[choice](situation));

const MAX_AGENTS = 100;

/** A recovery as the engine takes it. Pure. */
export function toAction(recovery: Recovery, asking: Asking): RecoveryAction {
  const delayMs = recovery.delaySeconds * 1000;
  switch (recovery.action) {
    case 'retry':
      return { action: 'retry', delayMs };
    case 'adjust_parameters':
      return { action: 'retry', delayMs, parameters: recovery.parameters };
    case 'delegate':
      return recovery.toAgentId === null
        ? askPerson(recovery, asking)
        : { action: 'delegate', toAgentId: recovery.toAgentId };
    case 'use_alternative':
      return { action: 'alternative' };
    case 'ask_person':
      return askPerson(recovery, asking);
    case 'compensate':
    case 'skip':
    case 'fail':
      return { action: recovery.action };
    default:
      return assertNever(recovery.action);
  }
}

function askPerson({ reason }: Recovery, asking: Asking): RecoveryAction {
  const { taskId, taskType, failure, situation, tried } = asking;
  return {
    action: 'ask_person',
    question: `Task ${taskId} (${taskType}) failed: ${failure.message.slice(0, 500).toWellFormed()} What shall be done?`,
    choices: choicesOf(situation),
    agentIds: situation.agentIds.slice(0, MAX_AGENTS),
    facts: { taskType, reason, tried: tried.map((each): JsonObject => ({ ...each })) },
  };
}

/** A recovery out of the record of a proposal; null: it is none that somebody thought of. */
export function toRecovery(proposal: Proposal): EarlierRecovery | null {
  const nothing = { delaySeconds: 0, parameters: {}, toAgentId: null };
  switch (proposal.action) {
    case 'retry': {
      const { delayMs, parameters } = proposal;
      const action = parameters === undefined ? 'retry' : 'adjust_parameters';
      return { ...nothing, action, delaySeconds: delayMs / 1000, parameters: parameters ?? {} };
    }
    case 'delegate':
      return { ...nothing, action: 'delegate', toAgentId: proposal.toAgentId };
    case 'alternative':
      return { ...nothing, action: 'use_alternative' };
    case 'compensate':
    case 'skip':
    case 'fail':
    case 'ask_person':
      return { ...nothing, action: proposal.action };
    default:
      return assertNever(proposal);
  }
}

import type { JsonObject } from '../../common/json.js';
import { isJsonObject, type JsonValue } from '../../common/json.js';
import type { TaskFailure } from '../../tasks/domain/task-error.js';
import { PERSON_CHOICES, type PersonChoice, type RecoveryAction } from './proposal.js';

type AskPerson = Extract<RecoveryAction, { action: 'ask_person' }>;

/** What somebody is asked about a failed attempt, as a `human.task` takes it. */
export function personQuestion(
  { question, choices, agentIds, facts }: AskPerson,
  about: { readonly taskId: string; readonly attempt: number; readonly failure: TaskFailure },
): JsonObject {
  const { taskId, attempt, failure } = about;
  const withAgent = choices.includes('delegate') && agentIds !== undefined && agentIds.length > 0;
  const properties: JsonObject = {
    action: { enum: [...choices] },
    comment: { type: 'string', maxLength: 2_000 },
    ...(withAgent ? { toAgentId: { enum: [...agentIds] } } : {}),
  };
  return {
    question,
    details: { taskId, attempt, error: { ...failure }, choices: [...choices], ...facts },
    answerSchema: { type: 'object', properties, required: ['action'], additionalProperties: false },
  };
}

/** What was chosen, out of the result of that `human.task`; null: nothing that can be done. */
export function personAnswer(json: string): {
  readonly action: PersonChoice;
  readonly by: string;
  readonly toAgentId: string | null;
  readonly comment: string | null;
} | null {
  const result = JSON.parse(json) as JsonValue;
  if (!isJsonObject(result) || !isJsonObject(result['answer'] ?? null)) return null;
  const { action, toAgentId, comment } = result['answer'] as JsonObject;
  const chosen = PERSON_CHOICES.find((each) => each === action);
  if (chosen === undefined) return null;
  const by = typeof result['by'] === 'string' ? result['by'] : 'unknown';
  return {
    ...{ action: chosen, by },
    toAgentId: typeof toAgentId === 'string' ? toAgentId : null,
    comment: typeof comment === 'string' ? comment : null,
  };
}

import { z } from 'zod';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../common/json.js';
import type { AdaptationAction } from '../../domain/adaptation/adaptation.js';

/** What a model may change at once. */
export const MAX_CHANGES = 50;
const MAX_REASON = 500;

/** What a model may answer at all. Agents and actions are closed sets; names of tasks are checked afterwards. */
export function answerSchemaFor(
  actions: readonly AdaptationAction[],
  agentIds: readonly string[],
): z.ZodType {
  return z.strictObject({
    changes: z.array(
      z.strictObject({
        action: z.enum(actions),
        taskId: z.string(),
        toAgentId: z.enum(['', ...agentIds]),
        dependencies: z.array(z.string()),
        priority: z.int().min(-1).max(9).meta({ description: '-1: as it is.' }),
        before: z.array(z.string()),
        taskType: z.string(),
        parameters: z.string().meta({ description: 'A JSON object as text.' }),
        why: z.string().max(MAX_REASON),
      }),
    ),
    reason: z.string().min(1).max(MAX_REASON),
  });
}

/** Members that each action has a use for; the others are left out. */
const USES: Readonly<Record<AdaptationAction, readonly string[]>> = {
  delegate: ['toAgentId'],
  skip: [],
  use_alternative: [],
  reorder: ['dependencies', 'priority'],
  insert_task: ['dependencies', 'before', 'taskType', 'parameters'],
  replace_task: ['taskType', 'parameters'],
  remove_task: [],
};

function parsed(parameters: JsonValue | undefined): JsonValue {
  if (typeof parameters !== 'string') return parameters ?? {};
  if (parameters.trim() === '') return {};
  try {
    return JSON.parse(parameters) as JsonValue;
  } catch {
    return parameters;
  }
}

/** An answer as changes: only what has one meaning is mended. */
export function readAdaptation(answer: JsonValue): unknown {
  if (!isJsonObject(answer) || !Array.isArray(answer['changes'])) return answer;
  return {
    ...answer,
    changes: answer['changes'].map((each) => (isJsonObject(each) ? readChange(each) : each)),
  };
}

function readChange(change: JsonObject): unknown {
  const {
    action,
    taskId,
    toAgentId,
    dependencies,
    priority,
    before,
    taskType,
    parameters,
    why = '',
  } = change;
  const uses = Object.hasOwn(USES, String(action)) ? USES[action as AdaptationAction] : [];
  const has = (member: string): boolean => uses.includes(member);
  return {
    ...{ action, taskId, why },
    toAgentId: has('toAgentId') ? toAgentId : null,
    dependencies: has('dependencies') ? dependencies : [],
    priority: has('priority') && priority !== -1 ? priority : null,
    before: has('before') ? before : [],
    taskType: has('taskType') ? taskType : null,
    parameters: has('parameters') ? parsed(parameters) : {},
  };
}

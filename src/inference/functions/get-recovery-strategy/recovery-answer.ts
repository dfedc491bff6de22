import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../common/json.js';
import { RECOVERY_ACTIONS, type RecoveryActionName } from '../../domain/recovery.js';
import { MAX_DELAY_SECONDS } from './recovery.schemas.js';

const MAX_REASON = 500;
const MAX_SCHEMAS = 256;

/** What a model may answer at all: actions, parameters and agents are closed sets. */
export function answerSchemaFor(
  actions: readonly RecoveryActionName[],
  adjustable: readonly string[],
  agentIds: readonly string[],
): z.ZodType {
  const names = actions.includes('adjust_parameters') ? adjustable : [];
  const agents = actions.includes('delegate') ? agentIds : [];
  return z.strictObject({
    action: z.enum(actions),
    delaySeconds: z.number().min(0).max(MAX_DELAY_SECONDS),
    parameters: z.array(
      z.strictObject({
        name: names.length > 0 ? z.enum(names) : z.string(),
        value: z.string().meta({ description: 'JSON text.' }),
      }),
    ),
    toAgentId: z.enum(['', ...agents]),
    reason: z.string().min(1).max(MAX_REASON),
  });
}

const kept = new LRUCache<string, z.ZodType>({ max: MAX_SCHEMAS });

/** Made once for the same sets: what is sent is derived from it once, too. */
export function keptAnswerSchema(...sets: Parameters<typeof answerSchemaFor>): z.ZodType {
  const key = JSON.stringify(sets);
  const schema = kept.get(key) ?? answerSchemaFor(...sets);
  kept.set(key, schema);
  return schema;
}

/** JSON text, or plain text that somebody forgot to quote. */
function valueOf(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}

function parametersOf(value: JsonValue): JsonObject {
  if (isJsonObject(value)) return value;
  if (!Array.isArray(value)) return {};
  const named = value.filter(isJsonObject).filter(({ name }) => typeof name === 'string');
  return Object.fromEntries(
    named.map((each) => [
      each['name'] as string,
      typeof each['value'] === 'string' ? valueOf(each['value']) : (each['value'] ?? null),
    ]),
  );
}

/** An answer as a recovery: what does not belong to its action is left out, and nothing else is mended. */
export function readRecovery(answer: JsonValue): unknown {
  if (!isJsonObject(answer)) return answer;
  const { action, delaySeconds = 0, parameters = [], toAgentId = null, reason = '' } = answer;
  const known = RECOVERY_ACTIONS.find((each) => each === action);
  const waits = known === 'retry' || known === 'adjust_parameters';
  return {
    action,
    delaySeconds: waits ? delaySeconds : 0,
    parameters: known === 'adjust_parameters' ? parametersOf(parameters) : {},
    toAgentId: known === 'delegate' ? toAgentId : null,
    reason,
  };
}

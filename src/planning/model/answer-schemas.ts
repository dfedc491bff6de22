import { LRUCache } from 'lru-cache';
import type { z } from 'zod';
import { answerSchemaFor } from './domain/answer-schema.js';

/** Catalogues differ by workflow and constraints; few are in use at a time. */
const MAX_SCHEMAS = 64;
const kept = new LRUCache<string, z.ZodType>({ max: MAX_SCHEMAS });

/** `answerSchemaFor`, made once for the same task types and agents: what is sent is derived from it once, too. */
export function keptAnswerSchema(taskTypes: readonly string[], agentIds: readonly string[]): z.ZodType {
  const key = JSON.stringify([taskTypes, agentIds]);
  const schema = kept.get(key) ?? answerSchemaFor(taskTypes, agentIds);
  kept.set(key, schema);
  return schema;
}

import { z } from 'zod';
import type { JsonObject, JsonValue } from '../../common/json.js';
import { issuesOf } from '../../common/zod-issues.js';
import type { ReadAnswer } from '../calls/question.js';

/** A value checked against a portable schema (see `portable-schema.ts`), with all its issues at once. */
export function readBySchema(value: JsonValue | undefined, schema: JsonObject): ReadAnswer {
  if (value === undefined)
    return { issues: [{ code: 'invalid_json', pointer: '', message: 'The answer is not JSON.' }] };
  const parsed = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]).safeParse(value);
  return parsed.success ? { answer: value } : { issues: issuesOf(parsed.error.issues, value) };
}

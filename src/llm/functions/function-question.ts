import { contentHash } from '../../common/canonical-json.js';
import type { JsonObject } from '../../common/json.js';
import { issuesOf } from '../../common/zod-issues.js';
import { cacheKey } from '../cache/domain/cache-key.js';
import type { Choice } from '../calls/asker.service.js';
import type { Question, ReadAnswer } from '../calls/question.js';
import { toPortableSchema } from '../domain/portable-schema.js';
import { readJson } from '../domain/read-json.js';
import { type IntelligenceFunctionDefinition, promptVersionOf } from './intelligence-function.js';

interface SentSchema {
  readonly schema: JsonObject;
  readonly hash: string;
}

const schemas = new WeakMap<object, SentSchema>();

/** Of a function, made once. */
function sentSchemaOf({ outputSchema }: Pick<IntelligenceFunctionDefinition, 'outputSchema'>): SentSchema {
  const known = schemas.get(outputSchema);
  if (known !== undefined) return known;
  const schema = toPortableSchema(outputSchema);
  const sent = { schema, hash: contentHash(schema) };
  schemas.set(outputSchema, sent);
  return sent;
}

/** What a function asks a model about an input that is redacted already. */
export function toQuestion<Input, Output>(
  fn: IntelligenceFunctionDefinition<Input, Output>,
  input: Input,
): Question {
  const { system, user } = fn.prompt.render(input);
  return {
    interactionType: fn.name,
    promptVersion: promptVersionOf(fn),
    system,
    messages: [{ role: 'user', text: user }],
    ...fn.limits,
    output: { name: fn.name.replaceAll('-', '_'), schema: sentSchemaOf(fn).schema },
    read: (text) => readAnswer(fn, input, text),
  };
}

function readAnswer<Input, Output>(
  fn: IntelligenceFunctionDefinition<Input, Output>,
  input: Input,
  text: string,
): ReadAnswer {
  const json = readJson(text);
  if (json === undefined)
    return { issues: [{ code: 'invalid_json', pointer: '', message: 'The answer is not JSON.' }] };
  const parsed = fn.outputSchema.safeParse(json);
  if (!parsed.success) return { issues: issuesOf(parsed.error.issues, json) };
  const issues = fn.validate(parsed.data, input);
  return issues.length > 0 ? { issues } : { answer: json };
}

/** Where the answer to a question of a function is kept. */
export function keyOf(
  fn: Pick<IntelligenceFunctionDefinition, 'outputSchema'>,
  question: Question,
  { candidates, agent }: Choice,
): string {
  const [first] = candidates;
  return cacheKey({
    provider: first?.description.provider ?? '',
    model: first?.description.model ?? '',
    maxOutputTokens: Math.min(question.maxOutputTokens, agent?.maxOutputTokens ?? question.maxOutputTokens),
    temperature: question.temperature ?? agent?.temperature ?? null,
    system: question.system,
    messages: question.messages,
    schemaHash: sentSchemaOf(fn).hash,
    promptVersion: question.promptVersion,
  });
}

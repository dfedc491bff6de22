import { contentHash } from '../../common/canonical-json.js';
import type { JsonObject, JsonValue } from '../../common/json.js';
import { issuesOf } from '../../common/zod-issues.js';
import { cacheKey } from '../cache/domain/cache-key.js';
import type { Choice } from '../calls/asker.service.js';
import type { Question, Unusable } from '../calls/question.js';
import { toPortableSchema } from '../domain/portable-schema.js';
import { readJson } from '../domain/read-json.js';
import { type IntelligenceFunctionDefinition, promptVersionOf } from './intelligence-function.js';

interface SentSchema {
  readonly schema: JsonObject;
  readonly hash: string;
}

const schemas = new WeakMap<object, SentSchema>();

/** Made once for a schema that stays the same. */
function sentSchemaOf<Input>(
  fn: Pick<IntelligenceFunctionDefinition<Input>, 'outputSchema' | 'answerSchema'>,
  input: Input,
): SentSchema {
  const asked = fn.answerSchema?.(input) ?? fn.outputSchema;
  const known = schemas.get(asked);
  if (known !== undefined) return known;
  const schema = toPortableSchema(asked);
  const sent = { schema, hash: contentHash(schema) };
  schemas.set(asked, sent);
  return sent;
}

/** What a function asks a model, and how its answer becomes an output. */
export interface FunctionQuestion<Output> extends Question {
  readonly schemaHash: string;
  /** Of an answer that is JSON, also of one that was kept: whether it fits may have changed. */
  readonly toOutput: (answer: JsonValue) => ReadOutput<Output>;
}

export type ReadOutput<Output> = { readonly output: Output; readonly issues?: undefined } | Unusable;

/** What a function asks a model about an input that is redacted already. */
export function toQuestion<Input, Output>(
  fn: IntelligenceFunctionDefinition<Input, Output>,
  input: Input,
): FunctionQuestion<Output> {
  const { system, user } = fn.prompt.render(input);
  const { schema, hash } = sentSchemaOf(fn, input);
  const toOutput = (answer: JsonValue) => readOutput(fn, input, answer);
  return {
    interactionType: fn.name,
    promptVersion: promptVersionOf(fn),
    system,
    messages: [{ role: 'user', text: user }],
    ...fn.limits,
    output: { name: fn.name.replaceAll('-', '_'), schema },
    schemaHash: hash,
    toOutput,
    read: (text) => {
      const answer = readJson(text);
      if (answer === undefined)
        return { issues: [{ code: 'invalid_json', pointer: '', message: 'The answer is not JSON.' }] };
      const { issues } = toOutput(answer);
      return issues === undefined ? { answer } : { issues };
    },
  };
}

function readOutput<Input, Output>(
  fn: IntelligenceFunctionDefinition<Input, Output>,
  input: Input,
  answer: JsonValue,
): ReadOutput<Output> {
  const made = fn.fromAnswer?.(answer, input) ?? { output: answer };
  if ('issues' in made) return { issues: made.issues };
  const parsed = fn.outputSchema.safeParse(made.output);
  if (!parsed.success) return { issues: issuesOf(parsed.error.issues, made.output) };
  const issues = fn.validate(parsed.data, input);
  return issues.length > 0 ? { issues } : { output: parsed.data };
}

/** Where the answer to a question of a function is kept. */
export function keyOf(question: FunctionQuestion<unknown>, { candidates, agent }: Choice): string {
  const [first] = candidates;
  return cacheKey({
    provider: first?.description.provider ?? '',
    model: first?.description.model ?? '',
    maxOutputTokens: Math.min(question.maxOutputTokens, agent?.maxOutputTokens ?? question.maxOutputTokens),
    temperature: question.temperature ?? agent?.temperature ?? null,
    system: question.system,
    messages: question.messages,
    schemaHash: question.schemaHash,
    promptVersion: question.promptVersion,
  });
}

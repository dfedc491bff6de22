import { z } from 'zod';
import { isError } from '../../common/issue.js';
import { issuesOf } from '../../common/zod-issues.js';
import type { IntelligenceFunctionDefinition } from './intelligence-function.js';
import { portableSchemaIssues, toPortableSchema } from '../domain/portable-schema.js';
import type { RegisteredProvider } from '../providers/registered-provider.js';

const KEBAB = /^[a-z][a-z0-9-]{0,63}$/;
const MAX_INPUT_BYTES = 1_048_576;

function declarationProblems(fn: IntelligenceFunctionDefinition): string[] {
  const { name, prompt, limits } = fn;
  const problems: string[] = [];
  if (!KEBAB.test(name)) problems.push('its name has to be in kebab-case');
  if (!(fn.inputSchema instanceof z.ZodType) || !(fn.outputSchema instanceof z.ZodType))
    problems.push('inputSchema and outputSchema have to be zod schemas');
  if (!KEBAB.test(prompt?.template) || !Number.isInteger(prompt?.version) || prompt.version < 1)
    problems.push('its prompt needs a template in kebab-case and a version from 1');
  if (typeof prompt?.render !== 'function') problems.push('its prompt has no render()');
  if (typeof fn.twin !== 'function') problems.push('it has no twin()');
  if (typeof fn.validate !== 'function') problems.push('it has no validate()');
  const { maxInputBytes, maxOutputTokens } = limits ?? {};
  if (!Number.isInteger(maxInputBytes) || maxInputBytes < 1 || maxInputBytes > MAX_INPUT_BYTES)
    problems.push(`limits.maxInputBytes has to be a whole number up to ${MAX_INPUT_BYTES}`);
  if (!Number.isInteger(maxOutputTokens) || maxOutputTokens < 1)
    problems.push('limits.maxOutputTokens has to be a whole number from 1');
  return problems;
}

function exampleProblems({ examples, inputSchema }: IntelligenceFunctionDefinition): string[] {
  if (!Array.isArray(examples) || examples.length === 0) return ['it has no examples'];
  return examples.flatMap((example: unknown, index) => {
    const { error } = inputSchema.safeParse(example);
    return issuesOf(error?.issues ?? [], example).map(
      ({ pointer, message }) => `example ${index} at ${pointer || '/'}: ${message}`,
    );
  });
}

/** Everything that keeps a function from being used, with its name; empty: nothing. Each schema for each provider. */
export function functionProblems(
  fn: IntelligenceFunctionDefinition,
  providers: readonly Pick<RegisteredProvider, 'id' | 'schemaIssues'>[],
): string[] {
  const problems = declarationProblems(fn);
  if (problems.length === 0) problems.push(...exampleProblems(fn));
  if (problems.length > 0) return problems.map((problem) => `${fn.name}: ${problem}`);
  const asked = fn.examples.map((example) => fn.answerSchema?.(example) ?? fn.outputSchema);
  const which = fn.answerSchema === undefined ? 'outputSchema' : 'answerSchema';
  return [...new Set(asked)].flatMap((schema) =>
    schemaProblems(schema, providers).map((problem) => `${fn.name}: ${which} ${problem}`),
  );
}

/** Of what a model is asked for. */
function schemaProblems(
  asked: z.ZodType,
  providers: readonly Pick<RegisteredProvider, 'id' | 'schemaIssues'>[],
): string[] {
  const schema = toPortableSchema(asked);
  const portable = portableSchemaIssues(schema).map(
    ({ pointer, message }) => `at ${pointer || '/'}: ${message}`,
  );
  if (portable.length > 0) return portable;
  return providers.flatMap(({ id, schemaIssues }) =>
    schemaIssues(schema)
      .filter(isError)
      .map(({ pointer, message }) => `at ${pointer || '/'} for ${id}: ${message}`),
  );
}

import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { IntelligenceFunctionDefinition } from './intelligence-function.js';
import { functionProblems } from './describe-function.js';

const good: IntelligenceFunctionDefinition<{ topic: string }, { word: string }> = {
  name: 'good-function',
  feature: 'dynamic_inference',
  inputSchema: z.strictObject({ topic: z.string() }),
  outputSchema: z.strictObject({ word: z.string() }),
  prompt: { template: 'good-function', version: 1, render: () => ({ system: '', user: '' }) },
  limits: { maxInputBytes: 1_000, maxOutputTokens: 100 },
  examples: [{ topic: 'weather' }],
  validate: () => [],
  twin: () => ({ word: 'x' }),
};
const provider = (id: string, severity?: 'warning') => ({
  id,
  schemaIssues: () => [
    { code: 'x', pointer: '/properties/word', message: 'No words.', ...(severity ? { severity } : {}) },
  ],
});
const problems = (changes: object, providers = [] as readonly ReturnType<typeof provider>[]) =>
  functionProblems({ ...good, ...changes } as unknown as IntelligenceFunctionDefinition, providers);

describe('functionProblems', () => {
  it('finds none in a function that is whole', () => {
    expect(problems({})).toEqual([]);
  });

  it.each([
    [{ name: 'Good' }, 'Good: its name has to be in kebab-case'],
    [{ twin: undefined }, 'good-function: it has no twin()'],
    [{ validate: undefined }, 'good-function: it has no validate()'],
    [
      { prompt: { ...good.prompt, version: undefined } },
      'good-function: its prompt needs a template in kebab-case and a version from 1',
    ],
    [
      { prompt: { ...good.prompt, version: 0 } },
      'good-function: its prompt needs a template in kebab-case and a version from 1',
    ],
    [{ prompt: { template: 'x', version: 1 } }, 'good-function: its prompt has no render()'],
    [{ outputSchema: {} }, 'good-function: inputSchema and outputSchema have to be zod schemas'],
    [{ examples: [] }, 'good-function: it has no examples'],
    [
      { examples: [{ topic: 'x' }, { topic: 1 }] },
      'good-function: example 1 at /topic: Must be a string; got 1.',
    ],
    [
      { limits: { maxInputBytes: 1e9, maxOutputTokens: 1 } },
      'good-function: limits.maxInputBytes has to be a whole number up to 1048576',
    ],
  ])('%j is refused', (changes, problem) => {
    expect(problems(changes)).toEqual([problem]);
  });

  it('says where a schema is not portable', () => {
    const outputSchema = z.strictObject({
      counts: z.record(z.string(), z.int()),
      note: z.string().optional(),
    });
    expect(problems({ outputSchema })).toEqual([
      'good-function: outputSchema at /properties/note: Every field has to be required: use an empty list or a sentinel for absence.',
      'good-function: outputSchema at /properties/counts/propertyNames: Not every provider understands propertyNames.',
      'good-function: outputSchema at /properties/counts: An object has to be closed (`additionalProperties: false`; in zod z.strictObject); a list of { key, value } does for a map.',
    ]);
  });

  it('says which provider cannot express it', () => {
    expect(problems({}, [provider('fussy')])).toEqual([
      'good-function: outputSchema at /properties/word for fussy: No words.',
    ]);
  });

  it('takes what a provider only warns of', () => {
    expect(problems({}, [provider('lenient', 'warning')])).toEqual([]);
  });
});

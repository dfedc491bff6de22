import { globSync, readFileSync } from 'node:fs';
import { Module } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { AppConfig } from '../../src/config/config.js';
import { IntelligenceFunction, LlmProvider, type LlmProviderOptions } from '../../src/index.js';
import { EchoModelsModule } from '../fixtures/llm/echo-models/echo-models.module.js';
import { EchoProvider } from '../fixtures/llm/echo-models/echo.provider.js';
import { EngineTest } from '../support/engine-test.js';
import { WordFunction } from '../support/llm/word-function.js';
import { startTestApp, testLlmSettings } from '../support/test-app.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const FOLDER = 'test/fixtures/llm/echo-models';
const SURFACE = '../../../../src/index.js';

describe('docs/recipes/add-an-llm-provider.md', () => {
  const recipe = readFileSync('docs/recipes/add-an-llm-provider.md', 'utf8');
  const blocks = [...recipe.matchAll(/```ts\n\/\/ src\/extensions\/echo-models\/(\S+)\n([\s\S]*?)```/g)];
  const code = new Map(blocks.map(([, file = '', text = '']) => [file, text]));

  it('has every file of the fixture, and no other', () => {
    expect([...code.keys()].sort()).toEqual(globSync('*', { cwd: FOLDER }).sort());
  });

  it.each([...code.keys()])('has the code of %s, which imports the extension surface only', (file) => {
    const text = readFileSync(`${FOLDER}/${file}`, 'utf8');
    expect(text.replaceAll(SURFACE, '../../index.js')).toBe(code.get(file));
    const foreign = [...text.matchAll(/from '(.*)';/g)].map(([, from]) => from);
    expect(foreign.filter((from) => from?.startsWith('.') && !from.startsWith('./'))).toEqual(
      text.includes(SURFACE) ? [SURFACE] : [],
    );
  });
});

describe("a team's own provider", () => {
  let engine: EngineTest;
  beforeAll(async () => {
    const config = { llm: testLlmSettings({ provider: 'echo' }) };
    engine = await EngineTest.start({ modules: [EchoModelsModule], config });
  });
  afterAll(() => engine.close());

  it('is shown and preferred', async () => {
    const { body } = await engine.get('/llm/providers');
    expect(body.items.find(({ provider }: { provider: string }) => provider === 'echo')).toEqual({
      ...{ provider: 'echo', description: 'Answers with what it was asked.', available: true, reason: null },
      ...{ preferred: true, defaultModel: 'parrot', models: [] },
    });
  });

  it('answers a task, for nothing and on record', async () => {
    const run = await engine.run([
      { taskId: 'ask', taskType: 'llm.generate', parameters: { prompt: 'Hello?' } },
    ]);
    expect(run).toMatchObject({ output: { ask: { text: 'Hello?' } }, costUsd: '0.000000000' });
    const { body } = await engine.get(`/llm/interactions?runId=${run.id}`);
    expect(body.items).toMatchObject([
      {
        ...{ provider: 'echo', model: 'parrot', outcome: 'answered', costUsd: '0.000000000' },
        ...{ boundUsd: '0.000000000', usage: { inputTokens: null, outputTokens: null } },
      },
    ]);
  });

  it('answers no function that wants JSON: the twin does', async () => {
    const runId = await engine.start([{ taskId: 'a', taskType: 'test.noop' }]);
    await engine.ended(runId);
    const { body } = await engine.get(`/runs/${runId}/summary`);
    expect(body).toMatchObject({ source: 'twin', reason: 'invalid_answer', costUsd: '0.000000000' });
  });

  it('is a fallback that an agent names', async () => {
    const llmConfig = { provider: 'openai', fallbacks: ['echo:other'] };
    const agent = await engine.post('/agents', { name: 'x', capabilities: ['*'], llmConfig });
    const asked = { taskType: 'llm.generate', parameters: { prompt: 'Hello?' } };
    const { body } = await engine.post(`/agents/${agent.body.id}/tasks?wait=10`, asked);
    expect(body.output).toEqual({ task: { text: 'Hello?' } });
  });
});

describe('the application does not start', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  /** Why it does not, whole. */
  async function problem(classes: readonly (new () => object)[], llm: Partial<AppConfig['llm']> = {}) {
    @Module({ providers: [...classes] })
    class OfAnotherTeam {}
    const config = { llm: testLlmSettings(llm) };
    try {
      const test = await startTestApp({ database, modules: [OfAnotherTeam], config });
      await test.close();
    } catch (error) {
      return (error as Error).message;
    }
    throw new Error('It started.');
  }

  function provider(options: Partial<LlmProviderOptions>, members: object = {}): new () => object {
    @LlmProvider({ id: 'mine', description: 'Mine.', ...options })
    class MyProvider extends EchoProvider {}
    Object.assign(MyProvider.prototype, members);
    return MyProvider;
  }

  function fn(members: object): new () => object {
    @IntelligenceFunction()
    class MyFunction extends WordFunction {
      constructor() {
        super();
        Object.assign(this, members);
      }
    }
    return MyFunction;
  }

  const MODELS = 'Models cannot be set up:\n- ';
  const FUNCTIONS = 'Intelligence functions cannot be registered:\n- ';
  const TIERLESS = { tiers: [], maxInputTokens: 1, maxOutputTokens: 1, tokenizerIsPublic: false };
  const HALVES = { inputTokens: 0.5, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 0 };

  it('with two providers of one id', async () => {
    const message = await problem([provider({ id: 'openai' })]);
    expect(message).toMatch(/^Models cannot be set up:\n- openai: declared by both \w+ and \w+$/);
    for (const name of ['OpenAiProvider', 'MyProvider']) expect(message).toContain(name);
  });

  it('with what is wrong with a provider, all of it', async () => {
    const models = [{ ...TIERLESS, model: 'm', prices: HALVES, source: 'x', asOf: '2026-11-01' }];
    const classes = [
      provider({ id: 'My_Models' }),
      provider({ id: 'bare' }, { availability: undefined, languageModel: undefined }),
      provider({ id: 'halves', models }),
    ];
    expect((await problem(classes)).split('\n').slice(1)).toEqual([
      '- "My_Models": an id is in lower case, such as "my-models"',
      '- bare: its class has no availability()',
      '- bare: its class has no languageModel()',
      '- halves: prices of m have to be whole pico-dollars per token from 0',
    ]);
  });

  it('with an LLM_PROVIDER that does not exist, and lists those that do', async () => {
    expect(await problem([provider({})], { provider: 'opnai' })).toBe(
      `${MODELS}LLM_PROVIDER is "opnai" but must be one of anthropic, disabled, google, mine, openai, openai-compatible, scripted`,
    );
  });

  it('with an LLM_MODEL that does not exist, and lists those that do', async () => {
    const prices = { ...HALVES, inputTokens: 1 };
    const models = ['small', 'large'].map((model) => ({
      ...{ ...TIERLESS, model, prices, source: 'x', asOf: '2026-11-01' },
    }));
    const settings = { provider: 'mine', model: 'smal' };
    expect(await problem([provider({ models })], settings)).toBe(
      `${MODELS}LLM_MODEL is "smal" but of the provider mine it must be one of small, large`,
    );
  });

  it('with a function whose answer cannot be said in a portable schema', async () => {
    const outputSchema = z.strictObject({ words: z.array(z.record(z.string(), z.string())) });
    const message = await problem([fn({ outputSchema })]);
    expect(message.split('\n- ').slice(1)).toEqual([
      'test-word: outputSchema at /properties/words/items/propertyNames: Not every provider understands propertyNames.',
      'test-word: outputSchema at /properties/words/items: An object has to be closed (`additionalProperties: false`; in zod z.strictObject); a list of { key, value } does for a map.',
    ]);
  });

  it('with a function whose answer some provider cannot express', async () => {
    const schemaIssues = () => [{ code: 'x', pointer: '/properties/word', message: 'No words, please.' }];
    const message = await problem([provider({}, { schemaIssues }), fn({})]);
    expect(message).toContain('test-word: outputSchema at /properties/word for mine: No words, please.');
    expect(message).not.toContain('for openai');
  });

  it.each([
    [{ twin: undefined }, 'test-word: it has no twin()'],
    [{ validate: undefined }, 'test-word: it has no validate()'],
    [
      { prompt: { template: 'test-word', render: () => ({ system: '', user: '' }) } },
      'test-word: its prompt needs a template in kebab-case and a version from 1',
    ],
    [{ examples: undefined }, 'test-word: it has no examples'],
  ])('with a function that lacks something: %j', async (members, message) => {
    expect(await problem([fn(members)])).toBe(FUNCTIONS + message);
  });

  it('with two functions of one name', async () => {
    const message = await problem([WordFunction, fn({})]);
    expect(message).toMatch(/- test-word: declared by both \w+ and \w+$/);
    for (const name of ['WordFunction', 'MyFunction']) expect(message).toContain(name);
  });
});

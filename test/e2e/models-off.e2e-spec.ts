import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EngineTest } from '../support/engine-test.js';
import { testLlmSettings } from '../support/test-app.js';

let engine: EngineTest;
beforeAll(async () => {
  engine = await EngineTest.start();
});
afterAll(() => engine.close());

describe('without a configured provider', () => {
  it('providers say what to set', async () => {
    const { status, body } = await engine.get('/llm/providers');
    expect(status).toBe(200);
    const byId = Object.fromEntries(body.items.map((item: { provider: string }) => [item.provider, item]));
    expect(Object.keys(byId)).toEqual([
      ...['anthropic', 'disabled', 'google', 'openai', 'openai-compatible', 'scripted'],
    ]);
    expect(byId.openai).toMatchObject({
      available: false,
      reason: expect.stringContaining('OPENAI_API_KEY'),
    });
    expect(byId.scripted).toMatchObject({ available: false, reason: expect.stringContaining('LLM_SCRIPT') });
  });

  it('models are listed with their prices', async () => {
    const { body } = await engine.get('/llm/models');
    expect(body.items.length).toBeGreaterThan(20);
    expect(body.items.every(({ available }: { available: boolean }) => !available)).toBe(true);
  });

  it('a run is summarised by the twin', async () => {
    const runId = await engine.start([
      { taskId: 'a', taskType: 'test.noop' },
      { taskId: 'b', taskType: 'test.noop', dependencies: ['a'] },
    ]);
    await engine.ended(runId);
    const { status, body } = await engine.get(`/runs/${runId}/summary`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{
        runId,
        source: 'twin',
        reason: 'provider_unavailable',
        costUsd: '0.000000000',
        interactionId: null,
      },
      summary: expect.stringMatching(/^The run succeeded after .* Of 2 tasks: 2 succeeded\.$/),
    });
    const { body: costs } = await engine.get(`/runs/${runId}/costs`);
    expect(costs).toEqual({ runId, costUsd: '0.000000000', items: [] });
  });

  it('llm.* tasks say what to switch on', async () => {
    const { body } = await engine.get('/task-types/llm.generate');
    expect(body.availability).toMatchObject({
      available: false,
      reason: expect.stringContaining('OPENAI_API_KEY'),
    });
  });

  it('a server without a price says that it lacks one', async () => {
    const openaiCompatible = { apiKey: null, baseUrl: 'http://127.0.0.1:9/v1', price: null };
    const other = await EngineTest.start({ config: { llm: testLlmSettings({ openaiCompatible }) } });
    const { body } = await other.get('/llm/providers');
    await other.close();
    expect(body.items.find(({ provider }: { provider: string }) => provider === 'openai-compatible')).toEqual(
      expect.objectContaining({
        available: false,
        reason: expect.stringContaining('OPENAI_COMPATIBLE_PRICE'),
      }),
    );
  });

  it('the budgets have their defaults', async () => {
    const { body } = await engine.get('/budgets');
    expect(body.items).toEqual([
      {
        ...{ scope: 'total', limitUsd: '100.000000000', spentUsd: '0.000000000', reservedUsd: '0.000000000' },
        ...{ overrunUsd: '0.000000000', refusedCount: 0, period: 'none', closed: false },
      },
    ]);
  });
});

describe('an attempt that needs a model nobody can ask any more', () => {
  it('fails as model_unavailable, and its task goes over to the alternative', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tandem-script-'));
    const script = join(folder, 'script.json');
    writeFileSync(script, JSON.stringify({ answers: [{ replies: [{ text: 'By a model.' }] }] }));
    const { database } = engine.test;
    const config = { role: 'api' as const, llm: testLlmSettings({ script }) };
    const before = await EngineTest.start({ config, database });
    const ask = { taskType: 'llm.generate', parameters: { prompt: 'Greet.' }, retry: { maxAttempts: 1 } };
    const render = { taskType: 'text.render', parameters: { template: 'By a template.' } };
    const runId = await before.start([
      { ...ask, taskId: 'either', alternatives: [render] },
      { ...ask, taskId: 'only', optional: true },
    ]);
    await before.close();
    rmSync(folder, { recursive: true });
    const run = await engine.ended(runId);
    expect(run).toMatchObject({ status: 'succeeded', output: { either: { text: 'By a template.' } } });
    expect((await engine.task(runId, 'only')).error).toMatchObject({
      ...{ code: 'model_unavailable', class: 'dependency', effect: 'none' },
      message: expect.stringContaining('/api/v1/llm/providers'),
    });
  });
});

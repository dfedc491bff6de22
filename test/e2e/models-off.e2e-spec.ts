import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EngineTest } from '../support/engine-test.js';

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

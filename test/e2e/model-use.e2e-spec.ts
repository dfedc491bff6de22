import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LlmService } from '../../src/llm/llm.service.js';
import { Upkeep } from '../../src/llm/upkeep.service.js';
import { EngineTest } from '../support/engine-test.js';
import { chatAnswer } from '../support/llm/answer-bodies.js';
import { json } from '../support/llm/answers.js';
import { ModelServer } from '../support/llm/model-server.js';
import { WordFunction, WordModule } from '../support/llm/word-function.js';
import { StatementRecorder } from '../support/statement-recorder.js';
import { modelBehind, type TestAppOptions, testLlmSettings } from '../support/test-app.js';

const USAGE = { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 };
/** 11 tokens at a nano-dollar, 7 at two. */
const COST = '0.000000025';
const says = (text: string) => json(chatAnswer({ text, model: 'm', usage: USAGE }));
const WORD = says('{"word":"rain"}');

let server: ModelServer;
beforeAll(async () => {
  server = await ModelServer.start();
});
afterAll(() => server.close());

const startEngine = (config: TestAppOptions['config'] = {}): Promise<EngineTest> =>
  EngineTest.start({
    modules: [WordModule],
    config: { llm: testLlmSettings({ ...modelBehind(server.url), cacheTtlSeconds: 60 }), ...config },
  });

const word = (engine: EngineTest, topic: string, agentId: string | null = engine.agentId) =>
  engine.test.app.get(LlmService).call(engine.test.app.get(WordFunction), { topic }, { agentId });

const generate = (prompt: string) => ({
  ...{ taskId: 'ask', taskType: 'llm.generate', parameters: { prompt, maxOutputTokens: 100 } },
  retry: { maxAttempts: 1 },
});

describe('with a model', () => {
  let engine: EngineTest;
  let workflowId: string;
  beforeAll(async () => {
    engine = await startEngine();
    server.answer(WORD);
    await word(engine, 'weather');
    await word(engine, 'weather');
    await word(engine, 'weather', null);
    // Not a word, twice: the twin answers.
    server.answer(says('{}'));
    await word(engine, 'sea');
    server.answer(says('Faster start.'));
    const run = await engine.run([generate('Write a release note.')]);
    workflowId = run.workflowId as string;
  });
  afterAll(() => engine.close());

  it('shows calls, tokens, success and answers, in total and by function and agent', async () => {
    const { status, body } = await engine.get('/monitoring/intelligence?groupBy=function,agent');
    expect(status).toBe(200);
    expect(body.total).toMatchObject({
      ...{ calls: 4, costUsd: '0.000000100', successRate: 0.5 },
      tokens: { inputTokens: 44, cachedInputTokens: 0, outputTokens: 28, reasoningTokens: 0 },
      answers: { model: 1, cache: 2, rule: 0, twin: 1 },
      ...{ cacheHitRate: 2 / 3, twinRate: 0.25 },
    });
    expect(body.total.latencyMs.p95).toBeGreaterThanOrEqual(body.total.latencyMs.p50);
    expect(body.groups).toMatchObject([
      {
        group: { function: 'test-word', agent: engine.agentId },
        ...{ calls: 3, costUsd: '0.000000075', answers: { model: 1, cache: 1, rule: 0, twin: 1 } },
        successRate: 1 / 3,
      },
      {
        group: { function: 'llm.generate', agent: engine.agentId },
        ...{ calls: 1, costUsd: COST, successRate: 1 },
        ...{ answers: { model: 0, cache: 0, rule: 0, twin: 0 }, cacheHitRate: null, twinRate: null },
      },
      {
        group: { function: 'test-word', agent: null },
        ...{ calls: 0, costUsd: '0.000000000', successRate: null, latencyMs: { p50: null, p95: null } },
        ...{ answers: { model: 0, cache: 1, rule: 0, twin: 0 }, cacheHitRate: 1 },
      },
    ]);
  });

  it('shows answers that cost nothing with no model', async () => {
    const { body } = await engine.get('/monitoring/intelligence?groupBy=provider&groupBy=model');
    expect(body.groups).toMatchObject([
      {
        ...{ group: { provider: 'openai-compatible', model: 'm' }, calls: 4, answers: null },
        ...{ cacheHitRate: null, twinRate: null },
      },
    ]);
    expect((await engine.get('/monitoring/intelligence')).body).toMatchObject({
      ...{ total: { calls: 4 }, groups: [] },
    });
  });

  it('shows costs that equal the budgets', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const { body } = await engine.get('/monitoring/costs');
    expect(body.groups).toMatchObject([{ group: { day: today }, calls: 4 }]);
    const budget = (scope: string) => engine.get(`/budgets/${scope}`).then((found) => found.body.spentUsd);
    expect(body.total.costUsd).toBe(await budget('total'));
    const { body: byWorkflow } = await engine.get('/monitoring/costs?groupBy=workflow');
    const ofWorkflow = byWorkflow.groups.find(
      ({ group }: { group: { workflow: string | null } }) => group.workflow === workflowId,
    );
    expect(ofWorkflow.costUsd).toBe(await budget(`workflow:${workflowId}`));
    const { body: byAgent } = await engine.get('/monitoring/costs?groupBy=agent');
    expect(byAgent.groups).toMatchObject([{ group: { agent: engine.agentId } }]);
    expect(byAgent.groups[0].costUsd).toBe(await budget(`agent:${engine.agentId}`));
    const { body: byOutcome } = await engine.get('/monitoring/costs?groupBy=outcome,model');
    expect(byOutcome.groups).toMatchObject([
      { group: { outcome: 'answered', model: 'm' }, calls: 2 },
      { group: { outcome: 'invalid', model: 'm' }, calls: 2 },
    ]);
  });

  it('shows nothing of another time', async () => {
    const { body } = await engine.get('/monitoring/intelligence?from=2026-01-01&to=2026-02-01');
    expect(body).toMatchObject({
      ...{ from: '2026-01-01T00:00:00.000Z', to: '2026-02-01T00:00:00.000Z', groups: [] },
      total: { calls: 0, costUsd: '0.000000000', successRate: null, cacheHitRate: null, twinRate: null },
    });
  });

  it.each([
    ['costs?groupBy=colour', 400, 'invalid_request', '/groupBy/0'],
    ['intelligence?groupBy=outcome', 400, 'invalid_request', '/groupBy/0'],
    ['costs?from=yesterday', 400, 'invalid_request', '/from'],
    ['costs?limit=3', 400, 'invalid_request', '/limit'],
    ['costs?from=2024-01-01&to=2026-01-01', 422, 'invalid_range', '/from'],
    ['intelligence?from=2026-01-02&to=2026-01-01', 422, 'invalid_range', '/from'],
  ])('refuses %s', async (query, status, code, pointer) => {
    const answer = await engine.get(`/monitoring/${query}`);
    expect([answer.status, answer.body.code, answer.body.errors[0].pointer]).toEqual([status, code, pointer]);
    expect(answer.body.errors[0].message).toMatch(/\.$/);
  });

  it('refuses more than a thousand groups', async () => {
    await engine.query(
      `insert into llm_answers (hour, function_name, workflow_id, source, reason, answers)
       select '2026-03-01T00:00:00Z', 'f', gen_random_uuid(), 'cache', 'allowed', 1 from generate_series(1, 1001)`,
    );
    const query = 'from=2026-03-01&to=2026-03-02&groupBy=workflow';
    const { status, body } = await engine.get(`/monitoring/intelligence?${query}`);
    expect([status, body.code]).toEqual([422, 'too_many_groups']);
    await engine.query(
      `delete from llm_answers where workflow_id = (select workflow_id from llm_answers where hour < '2026-04-01' limit 1)`,
    );
    expect((await engine.get(`/monitoring/intelligence?${query}`)).body.groups).toHaveLength(1_000);
  });
});

describe('retention', () => {
  let engine: EngineTest;
  beforeAll(async () => {
    engine = await startEngine({ retentionDays: 30 });
  });
  afterAll(() => engine.close());

  it('removes counts with the records of calls', async () => {
    await engine.query(
      `insert into llm_answers (hour, function_name, source, reason, answers)
       select date_trunc('hour', now()) - days * interval '1 day', 'f', 'cache', 'allowed', 1
       from generate_series(25, 625) days`,
    );
    await engine.test.app.get(Upkeep).sweep();
    const [left] = await engine.query<{ count: number }>(
      'select count(*)::integer as count from llm_answers',
    );
    expect(left).toEqual({ count: 5 });
  });
});

describe('where no model is wanted', () => {
  /** What was sent about answers while `work` was done, and until the process has stopped. */
  async function sent(config: TestAppOptions['config'], work: (engine: EngineTest) => Promise<void>) {
    const recorder = await StatementRecorder.start();
    try {
      const counts = await recorder.during(async () => {
        const engine = await startEngine(config);
        await work(engine).finally(() => engine.close());
      });
      return Object.keys(counts).filter((text) => text.includes('llm_answers'));
    } finally {
      recorder.stop();
    }
  }
  const decide = async (engine: EngineTest) => {
    const order = { options: ['a', 'b'], criteria: [], agentId: engine.agentId };
    expect((await engine.post('/inference/decisions', order)).status).toBeLessThan(300);
  };

  it('a switch that is off leaves no trace', async () => {
    const features = {
      ...{ llmPlanning: true, dynamicInference: false },
      ...{ planMemory: true, recoveryLearning: true },
    };
    const statements = await sent({ features }, async (engine) => {
      expect(await word(engine, 'weather')).toMatchObject({ source: 'twin', reason: 'feature_off' });
      expect((await engine.test.http('GET', '/metrics')).body).not.toContain('tandem_llm_answers_total{');
    });
    expect(statements).toEqual([]);
  });

  it('the basic level leaves no trace', async () => {
    expect(await sent({}, decide)).toEqual([]);
  });

  it('an answer that a model might have given is sent when the process stops, at the latest', async () => {
    server.answer(WORD);
    const work = async (engine: EngineTest) => void (await word(engine, 'weather'));
    expect(await sent({}, work)).toEqual([expect.stringMatching(/^insert into llm_answers/)]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/common/ids.js';
import { AnswerCounts } from '../../src/llm/answers/answer-counts.service.js';
import { IntelligenceMetrics } from '../../src/monitoring/intelligence-metrics.service.js';
import { EngineTest } from '../support/engine-test.js';
import { chatAnswer } from '../support/llm/answer-bodies.js';
import { json } from '../support/llm/answers.js';
import { ModelServer } from '../support/llm/model-server.js';
import { WordModule } from '../support/llm/word-function.js';
import { modelBehind, testLlmSettings } from '../support/test-app.js';

const MANY = 1_000;
const ended = {
  ...({ outcome: 'answered', costNanoUsd: 1n, latencyMs: 5 } as const),
  usage: { inputTokens: 1, outputTokens: 1 },
};

let server: ModelServer;
let engine: EngineTest;
beforeAll(async () => {
  server = await ModelServer.start();
  server.answer(json(chatAnswer({ text: 'Fine.' })));
  const llm = testLlmSettings(modelBehind(server.url));
  engine = await EngineTest.start({ modules: [WordModule], config: { llm } });
});
afterAll(async () => {
  await engine.close();
  await server.close();
});

/** Series of models; those of a process are there from the start. */
async function series(): Promise<string[]> {
  const { body } = await engine.test.http('GET', '/metrics');
  const lines = (body as string).split('\n').filter((line) => /^(tandem_llm_|gen_ai_)/.test(line));
  // A histogram has a series a bucket.
  return lines.filter((line) => !line.includes('le="')).map((line) => line.replace(/ \S+$/, ''));
}

describe('however many models, functions, agents and workflows there are', () => {
  it('a thousand models of a server make one series', async () => {
    const tasks = Array.from({ length: MANY }, (_, index) => ({
      ...{ taskId: `ask-${index}`, taskType: 'llm.generate' },
      parameters: { prompt: 'Well?', maxOutputTokens: 16, model: `openai-compatible:local-${index}` },
    }));
    const workflow = await engine.workflow(tasks, {});
    const run = await engine.ended(await engine.startWorkflow(workflow), 60_000);
    expect(run.status).toBe('succeeded');
    const { body } = await engine.get('/monitoring/costs?groupBy=model');
    expect(body.groups).toHaveLength(MANY);
    const labels = 'function="llm.generate",provider="openai-compatible",model="other"';
    expect(await series()).toEqual(
      expect.arrayContaining([`tandem_llm_calls_total{${labels},outcome="answered"}`]),
    );
    expect((await series()).length).toBeLessThan(30);
  }, 90_000);

  it('unknown functions and providers make one series each', async () => {
    const metrics = engine.test.app.get(IntelligenceMetrics);
    const track = (name: (index: number) => object) => {
      const before = { interactionType: 'test-word', provider: 'openai', model: 'm' };
      for (let index = 0; index < MANY; index += 1)
        metrics.trackLlmCall({ ...before, ...ended, ...name(index) });
    };
    const before = (await series()).length;
    track((index) => ({ interactionType: `function-${index}` }));
    track((index) => ({ provider: `provider-${index}` }));
    track((index) => ({ model: `model-${index}` }));
    expect((await series()).length - before).toBeLessThan(30);
    const calls = (await series()).filter((name) => name.startsWith('tandem_llm_calls_total'));
    expect(calls.sort()).toEqual([
      'tandem_llm_calls_total{function="llm.generate",provider="openai-compatible",model="other",outcome="answered"}',
      'tandem_llm_calls_total{function="other",provider="openai",model="other",outcome="answered"}',
      'tandem_llm_calls_total{function="test-word",provider="openai",model="other",outcome="answered"}',
      'tandem_llm_calls_total{function="test-word",provider="other",model="other",outcome="answered"}',
    ]);
  });

  it('a listed model has its own name', async () => {
    const call = { interactionType: 'test-word', provider: 'openai', model: 'gpt-5-mini' };
    engine.test.app.get(IntelligenceMetrics).trackLlmCall({ ...call, ...ended });
    expect(await series()).toContain(
      'tandem_llm_calls_total{function="test-word",provider="openai",model="gpt-5-mini",outcome="answered"}',
    );
  });

  it.each([NaN, -1, 0.5, '7' as unknown as number])('%p is no number of tokens', async (count) => {
    const usage = { inputTokens: count, outputTokens: count };
    const call = { interactionType: 'test-word', provider: 'anthropic', model: 'm' };
    engine.test.app.get(IntelligenceMetrics).trackLlmCall({ ...call, ...ended, usage });
    const names = (await series()).filter((name) => name.includes('"anthropic"'));
    expect(names.filter((name) => name.startsWith('gen_ai_client_operation_duration'))).not.toEqual([]);
    expect(names.filter((name) => name.startsWith('gen_ai_client_token_usage'))).toEqual([]);
  });

  it('a thousand agents and workflows make one series, and are told apart in the reports', async () => {
    const counts = engine.test.app.get(AnswerCounts);
    const before = (await series()).length;
    // One less: the agent that asked all the models is a group too.
    for (let index = 1; index < MANY; index += 1)
      counts.count(
        'test-word',
        { agentId: newId(), workflowId: newId() },
        { source: 'cache', reason: 'allowed' },
      );
    const after = await series();
    expect(after.length - before).toBe(1);
    expect(after).toContain('tandem_llm_answers_total{function="test-word",source="cache",reason="allowed"}');
    const { body } = await engine.get('/monitoring/intelligence?groupBy=agent,workflow');
    expect(body.total.answers.cache).toBe(MANY - 1);
    expect(body.groups).toHaveLength(MANY);
  });
});

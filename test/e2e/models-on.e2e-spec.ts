import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EngineTest } from '../support/engine-test.js';
import { testLlmSettings } from '../support/test-app.js';

const GOOD = 'The run succeeded: one task, nothing went wrong and nothing is left to do.';
const SCRIPT = {
  price: '1/2',
  answers: [
    { when: 'Attempt 1 fails.', replies: [{ json: { nothing: true } }] },
    {
      when: 'You summarise one run',
      replies: [{ json: { summary: 'Fine, all went very well.' } }, { json: { summary: GOOD } }],
    },
    { when: 'release note', replies: [{ text: 'Faster start.' }] },
    { when: 'Extract', replies: [{ json: { customer: 1 } }, { text: 'Here: {"customer":"Ada"}' }] },
    { when: 'forbidden', replies: [{ refusal: 'I would rather not.' }] },
    { when: 'malformed', replies: [{ failure: 'bad_request' }] },
    { when: 'locked', replies: [{ failure: 'unauthorized' }] },
    { when: 'unlucky', replies: [{ failure: 'server_error' }, { text: 'In the end.' }] },
  ],
};
const EXTRACT = {
  type: 'object',
  additionalProperties: false,
  required: ['customer'],
  properties: { customer: { type: 'string' } },
};

const folder = mkdtempSync(join(tmpdir(), 'tandem-script-'));
const script = join(folder, 'script.json');
writeFileSync(script, JSON.stringify(SCRIPT));

let engine: EngineTest;
beforeAll(async () => {
  engine = await EngineTest.start({ config: { llm: testLlmSettings({ script }) } });
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

const generate = (prompt: string) => ({
  taskId: 'ask',
  taskType: 'llm.generate',
  parameters: { prompt, maxOutputTokens: 100 },
});
const interactions = async (query: string) => (await engine.get(`/llm/interactions?${query}`)).body.items;

describe('with a configured provider', () => {
  it('a run is summarised by a model, with one repair, priced and on record', async () => {
    const runId = await engine.start([{ taskId: 'a', taskType: 'test.noop' }]);
    await engine.ended(runId);
    const { body } = await engine.get(`/runs/${runId}/summary`);
    expect(body).toMatchObject({ source: 'model', reason: 'allowed', summary: GOOD });
    const calls = await interactions(`runId=${runId}`);
    expect(calls).toMatchObject([
      { outcome: 'answered', attempt: 2, interactionType: 'summarise-run', promptVersion: 'summarise-run@1' },
      { outcome: 'invalid', attempt: 1, provider: 'scripted', cacheResult: 'miss' },
    ]);
    expect(calls[0].callId).toBe(calls[1].callId);
    expect(body.interactionId).toBe(calls[0].id);
    const sum = calls.reduce(
      (total: number, { costUsd }: { costUsd: string }) => total + Number(costUsd) * 1e9,
      0,
    );
    expect(Number(body.costUsd) * 1e9).toBeCloseTo(sum);
    expect(sum).toBeGreaterThan(0);
    const { body: costs } = await engine.get(`/runs/${runId}/costs`);
    expect(costs).toMatchObject({ costUsd: body.costUsd, items: [{ calls: 2, taskId: null }] });
    expect((await engine.get(`/runs/${runId}`)).body.costUsd).toBe(body.costUsd);
    const { body: detail } = await engine.get(`/llm/interactions/${calls[0].id}`);
    expect(detail.prompt.messages).toHaveLength(3);
    expect(detail.prompt.messages[2].text).toContain('"allowed":["succeeded"]');
    expect(JSON.parse(detail.response as string)).toEqual({ summary: GOOD });
  });

  it('what those who share a question say they paid for it is what it cost', async () => {
    const parameters = { retryable: false };
    const { id } = await engine.run([{ taskId: 'a', taskType: 'test.fail', parameters }]);
    const answers = await Promise.all(Array.from({ length: 10 }, () => engine.get(`/runs/${id}/summary`)));
    for (const { body } of answers) expect(body).toMatchObject({ source: 'twin', reason: 'invalid_answer' });
    const costs = answers.map(({ body }) => Number(body.costUsd));
    expect(costs).toContain(0);
    const { costUsd } = (await engine.get(`/runs/${id}`)).body;
    expect(costs.reduce((sum, cost) => sum + cost)).toBeCloseTo(Number(costUsd), 12);
  });

  it('llm.generate and llm.extract answer, and their cost shows on task, agent and budget', async () => {
    const before = (await engine.get(`/agents/${engine.agentId}`)).body;
    const run = await engine.run([
      generate('Write a release note.'),
      { taskId: 'extract', taskType: 'llm.extract', parameters: { prompt: 'Extract it.', schema: EXTRACT } },
    ]);
    expect(run.output).toEqual({ ask: { text: 'Faster start.' }, extract: { value: { customer: 'Ada' } } });
    const tasks = await engine.tasks(run.id as string);
    expect(Number(tasks['ask'].costUsd)).toBeGreaterThan(0);
    expect(Number(run.costUsd)).toBeCloseTo(
      Number(tasks['ask'].costUsd) + Number(tasks['extract'].costUsd),
      12,
    );
    const agent = (await engine.get(`/agents/${engine.agentId}`)).body;
    expect(agent.llmCallsCount - before.llmCallsCount).toBe(3);
    expect(Number(agent.llmCostSpent) - Number(before.llmCostSpent)).toBeCloseTo(Number(run.costUsd), 12);
    const { body } = await engine.get('/budgets');
    const scopes = body.items.map(({ scope }: { scope: string }) => scope);
    expect(scopes).toEqual(
      expect.arrayContaining([
        'total',
        `agent:${engine.agentId}`,
        `run:${run.id}`,
        `workflow:${run.workflowId}`,
      ]),
    );
    expect(
      body.items.every(({ reservedUsd }: { reservedUsd: string }) => reservedUsd === '0.000000000'),
    ).toBe(true);
  });

  it('a refusal fails the task, asked once', async () => {
    const run = await engine.run([generate('forbidden')]);
    const { error } = await engine.task(run.id as string, 'ask');
    expect(error).toMatchObject({ code: 'model_refused', effect: 'none' });
    expect(await interactions(`runId=${run.id}`)).toMatchObject([{ outcome: 'refused' }]);
  });

  it.each([
    ['malformed', {}, 'model_failed', ['failed_bad_request']],
    ['locked', {}, 'model_failed', ['failed_unauthorized']],
    ['whoever', { model: 'nobody:x' }, 'model_unavailable', []],
    ['whoever', { model: 'openai:gpt-5-mini' }, 'model_unavailable', []],
  ])('what fails the same way again is not repeated: %s, %j', async (prompt, more, code, outcomes) => {
    const task = generate(prompt);
    const run = await engine.run([{ ...task, parameters: { ...task.parameters, ...more } }]);
    const { error, attempt } = await engine.task(run.id as string, 'ask');
    expect(error).toMatchObject({ code, class: 'dependency', retryable: false });
    expect(attempt).toBe(1);
    const calls = await interactions(`runId=${run.id}`);
    expect(calls.map(({ outcome }: { outcome: string }) => outcome)).toEqual(outcomes);
  });

  it('a list of calls takes no outcome that there is not', async () => {
    const { status, body } = await engine.get('/llm/interactions?outcome=lost');
    expect([status, body.errors[0].pointer]).toEqual([400, '/outcome']);
  });

  it('models that are asked by default are listed', async () => {
    const { body } = await engine.get('/llm/models');
    expect(body.items.filter(({ provider }: { provider: string }) => provider === 'scripted')).toMatchObject([
      { model: 'scripted', available: true },
    ]);
  });

  it('a budget is shown by its scope, also before anything was spent', async () => {
    const { body: agent } = await engine.post('/agents', { name: 'new', capabilities: ['*'] });
    const { body } = await engine.get(`/budgets/agent:${agent.id}`);
    expect(body).toMatchObject({ scope: `agent:${agent.id}`, limitUsd: null, spentUsd: '0.000000000' });
    const { status, body: problem } = await engine.get('/budgets/foo');
    expect([status, problem.detail]).toEqual([
      404,
      'There is no budget "foo". Scopes are total, workflow:<id>, run:<id> and agent:<id>.',
    ]);
  });

  it('a failure of the provider is repeated, each attempt on record', async () => {
    const run = await engine.run([generate('unlucky')]);
    expect(run.output).toEqual({ ask: { text: 'In the end.' } });
    const calls = await interactions(`runId=${run.id}`);
    expect(calls.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      'answered',
      'failed_server_error',
    ]);
    expect(calls[1].costUsd).toBe(calls[1].boundUsd);
  });

  it('a budget that is too small refuses the call before it is made', async () => {
    const limit = await engine.test.http('PUT', `/api/v1/budgets/agent:${engine.agentId}`, { limitUsd: '0' });
    expect(limit.body).toMatchObject({ limitUsd: '0.000000000' });
    const run = await engine.run([generate('Write a release note.')]);
    expect((await engine.task(run.id as string, 'ask')).error).toMatchObject({
      code: 'budget_exhausted',
      class: 'budget',
    });
    expect(await interactions(`runId=${run.id}`)).toEqual([]);
    await engine.test.http('PUT', `/api/v1/budgets/agent:${engine.agentId}`, { limitUsd: null });
  });

  it.each([
    ['PUT', '/budgets/total', { limitUsd: '-1' }, 400],
    ['PUT', '/budgets/total', { limitUsd: 'NaN' }, 400],
    ['PUT', '/budgets/total', { limitUsd: 5 }, 400],
    ['PUT', '/budgets/total', {}, 400],
    ['PUT', '/budgets/nothing', { limitUsd: '1' }, 404],
    ['PUT', '/budgets/planet:01920000-0000-7000-8000-00000000ffff', { limitUsd: '1' }, 404],
    ['PUT', '/budgets/agent:01920000-0000-7000-8000-00000000ffff', { limitUsd: '1' }, 404],
    ['GET', '/llm/interactions/01920000-0000-7000-8000-00000000ffff', undefined, 404],
    ['GET', '/runs/01920000-0000-7000-8000-00000000ffff/summary', undefined, 404],
    ['GET', '/runs/01920000-0000-7000-8000-00000000ffff/costs', undefined, 404],
  ])('%s %s with %j is answered with %i', async (method, path, body, status) => {
    expect((await engine.test.http(method, `/api/v1${path}`, body)).status).toBe(status);
  });
});

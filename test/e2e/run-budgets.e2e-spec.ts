import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { testLlmSettings } from '../support/test-app.js';
import { useEngine } from '../support/use-engine.js';

const folder = mkdtempSync(join(tmpdir(), 'tandem-script-'));
const script = join(folder, 'script.json');
writeFileSync(script, JSON.stringify({ price: '1/2', answers: [{ replies: [{ text: 'An answer.' }] }] }));
afterAll(() => rmSync(folder, { recursive: true }));

const engine = useEngine({ config: { llm: testLlmSettings({ script }) } });
const ask = (taskId: string, more = {}) => ({
  taskId,
  taskType: 'llm.generate',
  parameters: { prompt: 'Question?', maxOutputTokens: 100 },
  ...more,
});

/** A workflow whose budget is used up once it has started. */
async function startedWithoutBudget(
  onBudgetExhausted: string,
  tasks: object[],
): Promise<{ runId: string; scope: string }> {
  const gate = { taskId: 'gate', taskType: 'human.approval', parameters: { question: 'Go on?' } };
  const waiting = tasks.map((task) => ({ ...task, dependencies: ['gate'] }));
  const workflowId = await engine.workflow([gate, ...waiting] as never);
  const settings = { settings: { onBudgetExhausted, budgetUsd: '9' } };
  const patched = await engine.test.http('PATCH', `/api/v1/workflows/${workflowId}`, settings);
  expect(patched.body.settings).toMatchObject({
    onBudgetExhausted,
    budgetUsd: '9.000000000',
    runBudgetUsd: null,
  });
  const runId = await engine.startWorkflow(workflowId);
  const approval = await engine.asked(runId);
  const scope = `workflow:${workflowId}`;
  await engine.test.http('PUT', `/api/v1/budgets/${scope}`, { limitUsd: '0' });
  await engine.post(`/tasks/${approval}/approve`);
  return { runId, scope };
}

describe('a model call that a budget refuses', () => {
  it('fails its task, which the run goes on without', async () => {
    const { runId } = await startedWithoutBudget('twin', [ask('ask', { optional: true })]);
    expect(await engine.ended(runId)).toMatchObject({ status: 'succeeded' });
    expect(await engine.task(runId, 'ask')).toMatchObject({
      status: 'failed',
      error: { code: 'budget_exhausted', class: 'budget', retryable: false },
    });
  });

  it('pauses the run until somebody raises the limit and resumes it', async () => {
    const { runId, scope } = await startedWithoutBudget('pause', [ask('a')]);
    const pauses = async () =>
      (await engine.eventTypes(runId)).filter((type) => type === 'run.paused').length;
    await engine.status(runId, 'paused');
    const events = await engine.events(runId);
    expect(events.find(({ type }) => type === 'run.paused')?.data).toEqual({ by: 'budget' });
    expect(events.filter(({ type }) => type === 'budget.refused').length).toBeGreaterThanOrEqual(1);
    await engine.post(`/runs/${runId}/resume`);
    await eventually(async () => (await pauses()) === 2);
    await engine.test.http('PUT', `/api/v1/budgets/${scope}`, { limitUsd: '9' });
    await engine.post(`/runs/${runId}/resume`);
    expect(await engine.ended(runId)).toMatchObject({
      status: 'succeeded',
      output: { a: { text: 'An answer.' } },
    });
  });

  it('ends the run', async () => {
    const { runId } = await startedWithoutBudget('fail', [ask('ask', { optional: true })]);
    expect(await engine.ended(runId)).toMatchObject({ status: 'failed', reason: 'budget_exhausted' });
  });
});

describe('a start', () => {
  it('is refused when its model tasks may cost more than is left, and says how much', async () => {
    const workflowId = await engine.workflow([ask('ask')]);
    const set = (settings: object) =>
      engine.test.http('PATCH', `/api/v1/workflows/${workflowId}`, { settings });
    const start = () => engine.post(`/workflows/${workflowId}/runs`);
    await set({ budgetUsd: '0.5' });
    expect(await start()).toMatchObject({
      status: 409,
      body: {
        code: 'budget_exhausted',
        detail: expect.stringMatching(/up to 1\.18\d+ USD, but workflow:.* leaves 0\.500000000 USD/),
      },
    });
    await set({ budgetUsd: '5', runBudgetUsd: '0.4' });
    expect(await start()).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('runBudgetUsd leaves') },
    });
    await set({ runBudgetUsd: '2' });
    const { body, status } = await start();
    expect(status).toBe(202);
    await engine.ended(body.id as string);
    const { body: budgets } = await engine.get('/budgets?limit=200');
    expect(budgets.items).toEqual(
      expect.arrayContaining([expect.objectContaining({ scope: `run:${body.id}`, limitUsd: '2.000000000' })]),
    );
  });

  it('is quoted before', async () => {
    const { body } = await engine.post('/definitions/validate', {
      tasks: [ask('ask', { retry: { maxAttempts: 1 } })],
    });
    // Six calls of 65,536 bytes at 1 USD and 100 tokens at 2 USD a million.
    expect(body.quote.cost).toEqual({ maximumUsd: '0.394416000', assistanceLimitUsd: '0.000000000' });
  });

  it('is quoted for the dearest model of those who may execute it, with their fallbacks', async () => {
    const llmConfig = { provider: 'scripted', maxOutputTokens: 50, fallbacks: ['scripted:other'] };
    const agent = await engine.post('/agents', { name: 'dear', capabilities: ['llm.*'], llmConfig });
    const tasks = [ask('ask', { retry: { maxAttempts: 1 } })];
    const made = await engine.post('/workflows', {
      ...{ name: 'w', ownerAgentId: agent.body.id, definition: { tasks } },
      settings: { runBudgetUsd: '0.5' },
    });
    const { body } = await engine.post(`/definitions/validate?ownerAgentId=${agent.body.id}`, { tasks });
    // Twelve calls of 65,536 bytes at 1 USD and 50 tokens at 2 USD a million.
    expect(body.quote.cost.maximumUsd).toBe('0.787632000');
    const refused = await engine.post(`/workflows/${made.body.id}/runs`, {});
    expect(refused).toMatchObject({
      status: 409,
      body: {
        detail: expect.stringContaining('may cost up to 0.787632000 USD, but runBudgetUsd leaves 0.5'),
      },
    });
  });

  it.each([-1, 1.5, 0, 1_000_000])('says what is wrong with %j tokens of output', async (maxOutputTokens) => {
    const parameters = { prompt: 'Question?', maxOutputTokens };
    const { status, body } = await engine.post('/definitions/validate', {
      tasks: [ask('ask', { parameters })],
    });
    expect(status).toBe(200);
    expect(body.issues).toMatchObject([{ pointer: '/tasks/0/parameters/maxOutputTokens' }]);
  });

  it('is quoted at the most a reference can stand for', async () => {
    const task = ask('ask', { retry: { maxAttempts: 1 } });
    const parameters = { ...task.parameters, maxOutputTokens: '{{ run.input.tokens }}' };
    const { body } = await engine.post('/definitions/validate', { tasks: [{ ...task, parameters }] });
    // The same with 100,000 tokens.
    expect(body.quote.cost.maximumUsd).toBe('1.593216000');
  });

  it.each([
    [{ budgetUsd: '-1' }, '/settings/budgetUsd'],
    [{ budgetUsd: 1 }, '/settings/budgetUsd'],
    [{ budgetPeriod: 'week' }, '/settings/budgetPeriod'],
    [{ onBudgetExhausted: 'panic' }, '/settings/onBudgetExhausted'],
    [{ colour: 'red' }, '/settings/colour'],
  ])('takes no settings %j', async (settings, pointer) => {
    const { status, body } = await engine.post('/workflows', {
      name: 'w',
      ownerAgentId: engine.agentId,
      settings,
    });
    expect([status, body.errors[0].pointer]).toEqual([400, pointer]);
  });
});

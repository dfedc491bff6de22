import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/test-app.js';

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp();
});
afterAll(() => test.close());

async function anAgent(fields: object = {}): Promise<string> {
  const { status, body } = await test.http('POST', '/api/v1/agents', { name: 'a', ...fields });
  expect(status).toBe(201);
  return body.id as string;
}
const path = (id: string) => `/api/v1/agents/${id}/intelligence`;
const UNKNOWN = '01920000-0000-7000-8000-0000000000ff';

describe('the intelligence of an agent', () => {
  it('is off for an agent that says nothing, each with its reason', async () => {
    const { status, body } = await test.http('GET', path(await anAgent()));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ intelligenceLevel: 'basic', executionMode: 'strict', llmConfig: null, budgetUsd: null },
      ...{ llmCallsCount: 0, llmCostSpent: '0.000000000' },
    });
    expect(body.effectivePolicy).toHaveLength(5);
    expect(body.effectivePolicy).toContainEqual({
      ...{ scenario: 'error_recovery', allowed: false, reach: 'rules' },
      reason:
        'At the level basic a task fails when its retries and alternatives are used up; a model may be asked from adaptive on.',
    });
    expect(body.effectiveActions).toContainEqual({
      ...{ action: 'adjust_parameters', allowed: false },
      reason: 'Not allowed in the mode strict; it takes adaptive or creative.',
    });
  });

  it('is set in parts, and shown with the agent', async () => {
    const id = await anAgent();
    const set = await test.http('PUT', path(id), {
      ...{ intelligenceLevel: 'autonomous', executionMode: 'creative', budgetUsd: '2.5' },
      llmConfig: { provider: 'openai', temperature: 0.5 },
    });
    expect(set.status).toBe(200);
    const { body } = await test.http('PUT', path(id), { executionMode: 'adaptive' });
    expect(body).toMatchObject({
      ...{ intelligenceLevel: 'autonomous', executionMode: 'adaptive', budgetUsd: '2.500000000' },
      llmConfig: { provider: 'openai', temperature: 0.5 },
    });
    expect(body.effectivePolicy).toContainEqual({
      ...{ scenario: 'adaptation', allowed: true, reach: 'applies' },
      reason: 'At the level autonomous a model may propose, and that is applied.',
    });
    expect((await test.http('GET', `/api/v1/agents/${id}`)).body).toMatchObject({
      ...{ intelligenceLevel: 'autonomous', executionMode: 'adaptive' },
      llmConfig: { provider: 'openai' },
    });
    const budget = await test.http('GET', `/api/v1/budgets/agent:${id}`);
    expect(budget.status === 404 ? null : budget.body.limitUsd).toBe('2.500000000');
  });

  it('takes back its budget and its models', async () => {
    const id = await anAgent({ llmConfig: { temperature: 1 } });
    await test.http('PUT', path(id), { budgetUsd: '1' });
    const { body } = await test.http('PUT', path(id), { budgetUsd: null, llmConfig: null });
    expect(body).toMatchObject({ budgetUsd: null, llmConfig: null });
  });

  it('has a tag over what can be set, which a change has to name if it names one', async () => {
    const id = await anAgent();
    const first = await test.http('GET', path(id));
    const tag = first.headers.get('etag') ?? '';
    expect(tag).not.toBe('');
    const changed = await test.http('PUT', path(id), { budgetUsd: '3' }, { 'if-match': tag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(tag);
    const stale = await test.http('PUT', path(id), { budgetUsd: '4' }, { 'if-match': tag });
    expect([stale.status, stale.body.code]).toEqual([412, 'stale']);
    expect((await test.http('GET', path(id))).body.budgetUsd).toBe('3.000000000');
  });

  it.each<[string, object, string, string[] | undefined]>([
    ['an unknown level', { intelligenceLevel: 'genius' }, '/intelligenceLevel', undefined],
    ['an unknown mode', { executionMode: 'wild' }, '/executionMode', undefined],
    ['a setting that does not exist', { level: 'basic' }, '/level', undefined],
    ['a budget below nothing', { budgetUsd: '-1' }, '/budgetUsd', undefined],
  ])('refuses %s', async (_, body, pointer) => {
    const answer = await test.http('PUT', path(await anAgent()), body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors.map((each: { pointer: string }) => each.pointer)).toEqual([pointer]);
  });

  it('refuses providers that do not exist, with those that do, all at once', async () => {
    const llmConfig = { provider: 'nobody', fallbacks: ['openai:gpt-5-mini', 'noone:x'] };
    const { status, body } = await test.http('PUT', path(await anAgent()), { llmConfig });
    expect([status, body.code]).toEqual([422, 'invalid_llm_config']);
    expect(body.errors.map((each: { pointer: string; code: string }) => [each.pointer, each.code])).toEqual([
      ['/llmConfig/provider', 'unknown_provider'],
      ['/llmConfig/fallbacks/1', 'unknown_provider'],
    ]);
    expect(body.errors[0].allowed).toContain('anthropic');
    expect(body.detail).toContain('There are: anthropic');
  });

  it('is 404 for an agent there is not', async () => {
    expect((await test.http('GET', path(UNKNOWN))).body.code).toBe('agent_not_found');
    expect((await test.http('PUT', path(UNKNOWN), {})).body.code).toBe('agent_not_found');
  });
});

describe('a child', () => {
  it('copies level and mode it does not set when it is created, and keeps them', async () => {
    const parent = await anAgent({ intelligenceLevel: 'intelligent', executionMode: 'creative' });
    const { body: copy } = await test.http('POST', `/api/v1/agents/${parent}/children`, { name: 'copy' });
    const own = await anAgent({ parentAgentId: parent, intelligenceLevel: 'basic' });
    await test.http('PUT', path(parent), { intelligenceLevel: 'basic', executionMode: 'strict' });
    expect((await test.http('GET', path(copy.id))).body).toMatchObject({
      ...{ intelligenceLevel: 'intelligent', executionMode: 'creative' },
    });
    expect((await test.http('GET', path(own))).body).toMatchObject({
      ...{ intelligenceLevel: 'basic', executionMode: 'creative' },
    });
  });
});

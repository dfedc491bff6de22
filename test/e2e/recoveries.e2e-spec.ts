import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FaultyTypesModule } from '../support/faulty-types.module.js';
import { testLlmSettings } from '../support/test-app.js';
import { useEngine } from '../support/use-engine.js';

const says = (action: string, more: object = {}) => ({
  json: { action, delaySeconds: 0, parameters: [], toAgentId: '', reason: `I say ${action}.`, ...more },
});
const seconds = (value: string) => ({ parameters: [{ name: 'seconds', value }] });

/** By what the task is called: the model sees its description. */
const SCRIPT = {
  price: '1/2',
  answers: [
    { when: 'wants more time', replies: [says('adjust_parameters', seconds('10'))] },
    { when: 'try once more', replies: [says('retry')] },
    { when: 'always the same', replies: [says('retry')] },
    { when: 'give it up', replies: [says('fail')] },
    { when: 'first too much', replies: [says('adjust_parameters', seconds('999')), says('retry')] },
    { when: 'to nobody', replies: [says('delegate', { toAgentId: '01920000-0000-7000-8000-0000000000ff' })] },
    { when: 'no model today', replies: [{ failure: 'server_error' }] },
  ],
};

const folder = mkdtempSync(join(tmpdir(), 'tandem-recovery-script-'));
const script = join(folder, 'script.json');
writeFileSync(script, JSON.stringify(SCRIPT));
afterAll(() => rmSync(folder, { recursive: true }));

const engine = useEngine(() => ({
  config: { llm: testLlmSettings({ script, cacheTtlSeconds: 0 }) },
  modules: [FaultyTypesModule],
}));

let agents: Record<string, string>;
beforeAll(async () => {
  const make = async (intelligenceLevel: string, executionMode: string) => {
    const fields = { name: intelligenceLevel, capabilities: ['*'], intelligenceLevel, executionMode };
    return (await engine.post('/agents', fields)).body.id as string;
  };
  agents = {
    basic: await make('basic', 'creative'),
    strict: await make('adaptive', 'strict'),
    adaptive: await make('adaptive', 'adaptive'),
  };
});

/** Starts a task with the help of models. */
async function start(agent: string, description: string, parameters: object, more: object = {}) {
  const body = { taskType: 'ops.step', description, parameters, retry: { maxAttempts: 1 }, ...more };
  const answer = await engine.post(`/agents/${agents[agent]}/tasks/intelligent`, body);
  expect(answer.status).toBe(202);
  return answer.body.id as string;
}
const dataOf = async (runId: string, type: string) =>
  (await engine.events(runId)).filter((event) => event.type === type).map(({ data }) => data);

describe('a task that failed in a way no rule covers', () => {
  it('goes on with what a model says, and the run tells all about it', async () => {
    const id = await start('adaptive', 'It wants more time.', { cure: 'parameters' });
    const run = await engine.ended(id);
    expect(run).toMatchObject({ status: 'succeeded', assisted: true });
    expect(Number(run.costUsd)).toBeGreaterThan(0);
    expect(await dataOf(id, 'recovery.proposed')).toEqual([
      expect.objectContaining({
        ...{
          attempt: 1,
          action: 'retry',
          recovery: 'adjust_parameters',
          source: 'model',
          byRules: 'ask_person',
        },
        ...{ gate: 'allowed', reason: 'I say adjust_parameters.', costUsd: run.costUsd },
        error: { code: 'step_failed', class: 'unexpected', message: 'Something odd happened.' },
      }),
    ]);
    expect(await dataOf(id, 'recovery.applied')).toEqual([
      { attempt: 1, action: 'retry', source: 'model', recovery: 'adjust_parameters' },
    ]);
    const [recovery] = run.recoveries;
    expect(recovery).toMatchObject({
      ...{ attempt: 1, action: 'adjust_parameters', source: 'model', costUsd: run.costUsd },
      ...{ scenario: 'error_recovery', parameters: { seconds: 10 }, delaySeconds: 0, toAgentId: null },
      error: { code: 'step_failed' },
      applied: [{ action: 'adjust_parameters', source: 'model', by: null, comment: null }],
    });
    expect(recovery.checks.map(({ check }: { check: string }) => check)).toContain('level_forbids');
    expect(run.task.parameters).toMatchObject({ seconds: 10 });
  });

  it('may not be changed in the mode strict: what was not asked for is refused, and rules ask a person', async () => {
    const id = await start('strict', 'It wants more time.', { cure: 'parameters' });
    const asked = await engine.asked(id);
    const [proposed] = await dataOf(id, 'recovery.proposed');
    expect(proposed).toMatchObject({ source: 'twin', gate: 'invalid_answer', recovery: 'ask_person' });
    await engine.post(`/tasks/${asked}/complete`, { answer: { action: 'fail' } });
    expect((await engine.ended(id)).status).toBe('failed');
    const again = await engine.post(`/tasks/${asked}/complete`, { answer: { action: 'retry' } });
    expect([again.status, again.body.code]).toEqual([409, 'run_ended']);
  });

  it('of an agent at the lowest level fails as it always did', async () => {
    const id = await start('basic', 'It wants more time.', { cure: 'parameters' });
    expect(await engine.ended(id)).toMatchObject({
      status: 'failed',
      costUsd: '0.000000000',
      recoveries: [],
    });
    expect((await engine.eventTypes(id)).join()).not.toContain('recover');
  });

  it('of a run without help fails as it always did', async () => {
    const body = {
      taskType: 'ops.step',
      description: 'It wants more time.',
      parameters: {},
      retry: { maxAttempts: 1 },
    };
    const { body: run } = await engine.post(`/agents/${agents['adaptive']}/tasks`, body);
    expect(await engine.ended(run.id as string)).toMatchObject({ status: 'failed', assisted: false });
    expect((await engine.eventTypes(run.id as string)).join()).not.toContain('recover');
  });

  it('is first tried again as the rules say', async () => {
    const retry = { maxAttempts: 3, initialDelaySeconds: 0 };
    const given = { cure: 'time', times: 2, class: 'transient', retryable: true };
    const id = await start('adaptive', 'Rules do.', given, { retry });
    expect(await engine.ended(id)).toMatchObject({ status: 'succeeded', recoveries: [] });
  });

  it('is not given up sooner than by rules', async () => {
    const id = await start('adaptive', 'Please give it up.', { cure: 'time', times: 1 });
    await engine.asked(id);
    expect((await dataOf(id, 'recovery.proposed'))[0]).toMatchObject({
      source: 'twin',
      gate: 'invalid_answer',
    });
  });

  it('takes a second answer where the first does not fit', async () => {
    const id = await start('adaptive', 'Tries first too much.', { cure: 'time', times: 1 });
    const run = await engine.ended(id);
    expect(run.status).toBe('succeeded');
    expect(run.recoveries[0].refused).toEqual([
      expect.objectContaining({ pointer: '/parameters/seconds', code: 'invalid_parameters' }),
    ]);
  });

  it('is never the same thing twice: what did not help is refused, and a person is asked in the end', async () => {
    const id = await start('adaptive', 'It is always the same.', { cure: 'nothing' });
    await engine.asked(id);
    const proposed = await dataOf(id, 'recovery.proposed');
    expect(proposed.map(({ source, recovery }) => [source, recovery])).toEqual([
      ['model', 'retry'],
      ['twin', 'ask_person'],
    ]);
  });

  it('is given to no agent that does not exist', async () => {
    const id = await start('adaptive', 'Give it to nobody.', { cure: 'nothing' });
    await engine.asked(id);
    expect((await dataOf(id, 'recovery.proposed'))[0]).toMatchObject({ source: 'twin' });
  });

  it('is asked about as a delegation that failed, once another agent could not do it either', async () => {
    const fields = { capabilities: ['*'], intelligenceLevel: 'adaptive', executionMode: 'adaptive' };
    const { body: team } = await engine.post('/agents', { name: 'team', ...fields });
    agents['team'] = team.id as string;
    const { body: other } = await engine.post(`/agents/${team.id}/children`, {
      name: 'other',
      capabilities: ['*'],
    });
    const id = await start('team', 'Give it to nobody.', { cure: 'nothing', class: 'resource' });
    await engine.asked(id);
    const { body: run } = await engine.get(`/runs/${id}`);
    expect(run.recoveries).toMatchObject([
      { scenario: 'error_recovery', action: 'delegate', toAgentId: other.id, source: 'twin' },
      { scenario: 'delegation_error', action: 'ask_person', toAgentId: null },
    ]);
    expect(run.task.agentId).toBe(other.id);
  });

  it('is never worse off for being given to an agent whom no model helps', async () => {
    const fields = { capabilities: ['*'], executionMode: 'adaptive' };
    const { body: lead } = await engine.post('/agents', {
      name: 'lead',
      intelligenceLevel: 'adaptive',
      ...fields,
    });
    agents['lead'] = lead.id as string;
    const plain = { name: 'plain', intelligenceLevel: 'basic', ...fields };
    const { body: child } = await engine.post(`/agents/${lead.id}/children`, plain);
    const id = await start('lead', 'Give it to nobody.', { cure: 'nothing', class: 'rate_limited' });
    const asked = await engine.asked(id);
    const answer = { action: 'fail', comment: 'We stop here.' };
    await engine.post(`/tasks/${asked}/complete`, { answer, by: 'ada' });
    expect((await engine.ended(id)).recoveries).toMatchObject([
      { action: 'delegate', toAgentId: child.id, applied: [{ action: 'delegate', source: 'twin' }] },
      {
        action: 'ask_person',
        checks: expect.arrayContaining([expect.objectContaining({ check: 'level_forbids', passed: false })]),
        applied: [
          { action: 'ask_person', source: 'twin', by: null },
          { action: 'fail', source: 'person', by: 'ada', comment: 'We stop here.' },
        ],
      },
    ]);
  });

  it('is not given back to an agent that could not do it', async () => {
    const fields = { capabilities: ['*'], intelligenceLevel: 'adaptive', executionMode: 'adaptive' };
    const { body: lead } = await engine.post('/agents', { name: 'many', ...fields });
    const children: string[] = [];
    for (const name of ['one', 'two'])
      children.push(
        (await engine.post(`/agents/${lead.id}/children`, { name, capabilities: ['*'] })).body.id,
      );
    const parameters = { cure: 'nothing', class: 'resource' };
    const task = { taskId: 'a', taskType: 'ops.step', parameters, dependencies: [], agentId: children[0] };
    const definition = { tasks: [{ ...task, retry: { maxAttempts: 1 } }] };
    const workflow = { name: 'w', ownerAgentId: lead.id, definition };
    const id = await engine.startWorkflow((await engine.post('/workflows', workflow)).body.id as string);
    await engine.asked(id);
    const given = (await dataOf(id, 'task.delegated')).map(({ to }) => to);
    expect(given.sort()).toEqual([lead.id, children[1]].sort());
  });

  it('ends as without models when the provider fails', async () => {
    const id = await start('adaptive', 'There is no model today.', { cure: 'nothing' });
    await engine.asked(id);
    expect((await dataOf(id, 'recovery.proposed'))[0]).toMatchObject({
      ...{ source: 'twin', gate: 'model_failed', recovery: 'ask_person' },
    });
  });

  it('whose effect cannot be undone is never repeated but by a person', async () => {
    const id = await start('adaptive', 'Please try once more.', { effect: 'irreversible', cure: 'time' });
    const asked = await engine.asked(id);
    expect((await dataOf(id, 'recovery.proposed'))[0]).toMatchObject({ recovery: 'ask_person' });
    await engine.post(`/tasks/${asked}/complete`, { answer: { action: 'retry' } });
    expect((await engine.ended(id)).status).toBe('succeeded');
  });

  it('is asked about by the settings of now', async () => {
    const { body } = await engine.post('/agents', {
      name: 'changing',
      capabilities: ['*'],
      intelligenceLevel: 'adaptive',
      executionMode: 'adaptive',
    });
    agents['changing'] = body.id as string;
    expect(
      (await engine.ended(await start('changing', 'Please try once more.', { cure: 'time' }))).status,
    ).toBe('succeeded');
    await engine.test.http('PUT', `/api/v1/agents/${body.id}/intelligence`, { intelligenceLevel: 'basic' });
    expect(
      (await engine.ended(await start('changing', 'Please try once more.', { cure: 'time' }))).status,
    ).toBe('failed');
  });
});

describe('what helped before', () => {
  const retrying = (id: string) => dataOf(id, 'recovery.proposed');
  const kind = (n: number) => ({ cure: 'parameters', message: `Order ${n} of host-${n}.example is locked.` });
  const callsOf = async () => (await engine.get('/llm/interactions?limit=200')).body.items.length as number;

  it('becomes a rule after three times, and no model is asked from then on', async () => {
    const sources: string[] = [];
    for (let n = 1; n <= 5; n += 1) {
      const id = await start('adaptive', 'It wants more time.', kind(n * 1_000));
      expect((await engine.ended(id)).status).toBe('succeeded');
      sources.push((await retrying(id))[0]?.['source'] as string);
    }
    expect(sources).toEqual(['model', 'model', 'model', 'rule', 'rule']);
    const { body } = await engine.get('/inference/rules?status=active&taskType=ops.step');
    expect(body.items).toEqual([
      expect.objectContaining({
        ...{ errorClass: 'unexpected', fingerprint: 'step_failed: order <n> of <name> is locked.' },
        recovery: { action: 'adjust_parameters', delaySeconds: 0, parameters: { seconds: 10 } },
        ...{ status: 'active', pinned: false, successes: 4, failures: 0 },
      }),
    ]);
  });

  it('is not done where the mode forbids it', async () => {
    const id = await start('strict', 'It wants more time.', kind(7));
    await engine.asked(id);
    expect((await retrying(id))[0]).toMatchObject({ source: 'twin', recovery: 'ask_person' });
  });

  it('is a rule no more when it fails, and a model is asked again', async () => {
    const id = await start('adaptive', 'Please try once more.', { ...kind(8), cure: 'time', times: 2 });
    const run = await engine.ended(id);
    expect(run.status).toBe('succeeded');
    expect(run.recoveries.map(({ source }: { source: string }) => source)).toEqual(['rule', 'model']);
    const { body } = await engine.get('/inference/rules?taskType=ops.step');
    const locked = body.items.filter(({ fingerprint }: { fingerprint: string }) =>
      fingerprint.includes('locked'),
    );
    expect(locked).toContainEqual(expect.objectContaining({ status: 'demoted', failures: 1 }));
  });

  it('is pinned, edited and retired by people', async () => {
    const { body } = await engine.get('/inference/rules?status=demoted');
    const [rule] = body.items;
    const patch = (change: object) => engine.test.http('PATCH', `/api/v1/inference/rules/${rule.id}`, change);
    expect((await patch({ pinned: true })).body).toMatchObject({ pinned: true, status: 'active' });
    const before = await callsOf();
    const id = await start('adaptive', 'It wants more time.', kind(9));
    expect((await engine.ended(id)).recoveries[0].source).toBe('rule');
    expect(await callsOf()).toBe(before);
    const edited = await patch({ recovery: { parameters: { seconds: 20 } } });
    expect(edited.body).toMatchObject({
      recovery: { parameters: { seconds: 20 } },
      successes: 0,
      recent: [],
    });
    const codesOf = async (recovery: object) => {
      const answer = await patch({ recovery });
      const errors = (answer.body.errors ?? []) as { code: string; pointer: string }[];
      return [answer.status, ...errors.map(({ code, pointer }) => `${code} ${pointer}`)];
    };
    const at = '/recovery/parameters';
    expect(await codesOf({ parameters: { message: 'x' } })).toEqual([422, `not_adjustable ${at}/message`]);
    expect(await codesOf({ parameters: { seconds: 'abc' } })).toEqual([
      422,
      `invalid_parameters ${at}/seconds`,
    ]);
    expect(await codesOf({ parameters: {} })).toEqual([422, `required ${at}`]);
    expect(await codesOf({ action: 'retry', parameters: { seconds: 5 } })).toEqual([
      422,
      `no_parameters ${at}`,
    ]);
    expect((await patch({ recovery: { action: 'skip' } })).body.recovery).toMatchObject({ parameters: {} });
    await patch({ recovery: { action: 'adjust_parameters', parameters: { seconds: 20 } } });
    const next = await start('adaptive', 'It wants more time.', kind(10));
    expect((await engine.ended(next)).task.parameters.seconds).toBe(20);
    expect((await patch({ status: 'retired', pinned: false })).body).toMatchObject({ status: 'retired' });
    const last = await start('adaptive', 'It wants more time.', kind(11));
    expect((await engine.ended(last)).recoveries[0].source).toBe('model');
    expect((await engine.test.http('DELETE', `/api/v1/inference/rules/${rule.id}`)).status).toBe(204);
    expect((await patch({})).body.code).toBe('recovery_rule_not_found');
  });

  it('is changed in no other way', async () => {
    const unknown = '/api/v1/inference/rules/01920000-0000-7000-8000-0000000000ff';
    expect((await engine.test.http('PATCH', unknown, { status: 'demoted' })).status).toBe(400);
    expect((await engine.test.http('PATCH', unknown, { recovery: { action: 'fail' } })).status).toBe(400);
    expect((await engine.test.http('DELETE', unknown)).body.code).toBe('recovery_rule_not_found');
  });
});

describe('the gate, explained', () => {
  const evaluate = (body: object) => engine.post('/inference/evaluate', body);

  it('tells every check up to the one that refuses', async () => {
    const { status, body } = await evaluate({ agentId: agents['basic'], scenario: 'error_recovery' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ use: false, reason: 'level_forbids' });
    expect(
      body.checks.map(({ check, passed }: { check: string; passed: boolean }) => `${check} ${passed}`),
    ).toEqual([...['feature_off true', 'rollout_excluded true', 'not_assisted true', 'level_forbids false']]);
  });

  it('allows what is allowed, by scenario', async () => {
    const reasons = await Promise.all(
      ['error_recovery', 'delegation_error', 'decision', 'decomposition', 'adaptation'].map(
        async (scenario) => (await evaluate({ agentId: agents['adaptive'], scenario })).body.reason,
      ),
    );
    expect(reasons).toEqual(['allowed', 'allowed', 'level_forbids', 'level_forbids', 'level_forbids']);
  });

  it('knows the run', async () => {
    const id = await start('adaptive', 'It is always the same.', { cure: 'nothing', message: 'Counted.' });
    await engine.asked(id);
    const { body: run } = await engine.get(`/runs/${id}`);
    const { body } = await evaluate({
      ...{ agentId: agents['adaptive'], scenario: 'error_recovery', runId: id },
      context: { taskId: run.task.id },
    });
    expect(body.reason).toBe('allowed');
    const body2 = { taskType: 'ops.step', description: 'x', parameters: {}, retry: { maxAttempts: 1 } };
    const { body: plain } = await engine.post(`/agents/${agents['adaptive']}/tasks`, body2);
    const other = await evaluate({
      agentId: agents['adaptive'],
      scenario: 'error_recovery',
      runId: plain.id,
    });
    expect(other.body.reason).toBe('not_assisted');
  });

  it('knows the budgets', async () => {
    const { body: poor } = await engine.post('/agents', {
      name: 'poor',
      capabilities: ['*'],
      intelligenceLevel: 'adaptive',
    });
    await engine.test.http('PUT', `/api/v1/agents/${poor.id}/intelligence`, { budgetUsd: '0' });
    expect((await evaluate({ agentId: poor.id, scenario: 'error_recovery' })).body.reason).toBe(
      'budget_exhausted',
    );
  });

  it('knows what is known', async () => {
    for (const n of [1, 2, 3, 4]) {
      const id = await start('adaptive', 'Please try once more.', {
        cure: 'time',
        message: `Known of old ${n}.`,
      });
      await engine.ended(id);
    }
    const context = {
      taskType: 'ops.step',
      error: { code: 'step_failed', class: 'unexpected', message: 'Known of old 5.' },
    };
    const { body } = await evaluate({ agentId: agents['adaptive'], scenario: 'error_recovery', context });
    expect(body.reason).toBe('rule_known');
    expect(body.checks.at(-1).detail).toMatch(/The rule .* says what helps: retry/);
  });

  it.each<[string, object, number, string]>([
    ['an unknown scenario', { scenario: 'lunch' }, 400, '/scenario'],
    ['an unknown agent', { agentId: '01920000-0000-7000-8000-0000000000ff' }, 422, '/agentId'],
    [
      'an error of an unknown class',
      { context: { error: { class: 'odd', message: 'x' } } },
      400,
      '/context/error/class',
    ],
  ])('refuses %s', async (_, more, status, pointer) => {
    const answer = await evaluate({ agentId: agents['basic'], scenario: 'decision', ...more });
    expect([answer.status, answer.body.errors[0].pointer]).toEqual([status, pointer]);
  });
});

describe('a failure that is described', () => {
  const recover = (agent: string, more: object = {}) =>
    engine.post('/inference/recoveries', {
      ...{
        agentId: agents[agent],
        task: { taskType: 'ops.step', description: 'Wants more time', parameters: {} },
      },
      error: { message: 'The operation timed out after 30 s.' },
      ...more,
    });

  it('is classified, and at the level basic a failure as always', async () => {
    const { status, body } = await recover('basic');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ action: 'fail', errorClass: 'timeout', source: 'twin', costUsd: '0.000000000', alternatives: [] },
    });
    expect(body.reason).toContain(
      'At the level basic a task fails when its retries and alternatives are used up',
    );
  });

  it('is answered by a model where that is allowed', async () => {
    const { body } = await recover('adaptive', {
      task: { taskType: 'ops.step', description: 'It wants more time.', parameters: {} },
    });
    expect(body).toMatchObject({ action: 'adjust_parameters', parameters: { seconds: 10 }, source: 'model' });
  });

  it('is refused for a task type there is not, with those there are', async () => {
    const { status, body } = await recover('basic', { task: { taskType: 'no.such', parameters: {} } });
    expect([status, body.code]).toEqual([422, 'unknown_task_type']);
    expect(body.errors[0].allowed).toContain('ops.step');
  });
});

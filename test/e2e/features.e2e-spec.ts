import { Injectable, Module } from '@nestjs/common';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { InMemoryProvider } from '@openfeature/server-sdk';
import { SessionConnection } from '../../src/database/session-connection.js';
import type { FeatureName } from '../../src/features/domain/feature-names.js';
import { Features } from '../../src/features/features.service.js';
import { Contributes, FLAG_PROVIDER, type FlagProvider } from '../../src/index.js';
import { EngineTest } from '../support/engine-test.js';
import { eventually } from '../support/eventually.js';
import { FaultyTypesModule } from '../support/faulty-types.module.js';
import { stalledHeaders } from '../support/llm/answers.js';
import { ModelServer } from '../support/llm/model-server.js';
import { modelBehind, startTestApp, type TestApp, testLlmSettings } from '../support/test-app.js';

const ID = '0190a6c4-0000-7000-8000-000000000001';
const FUNCTIONS = [
  'adapt-workflow',
  'decompose-task',
  'generate-workflow-plan',
  'get-recovery-strategy',
  'make-decision',
  'optimize-task-order',
  'summarise-run',
];

describe('the switches of a deployment', () => {
  let models: ModelServer;
  let engine: EngineTest;
  /** Another process on the same database. */
  let other: TestApp;
  beforeAll(async () => {
    models = await ModelServer.start();
    models.answer(stalledHeaders);
    const config = { llm: testLlmSettings({ ...modelBehind(models.url), timeoutSeconds: 50 }) };
    engine = await EngineTest.start({ config, modules: [FaultyTypesModule] });
    other = await startTestApp({ config: { ...config, role: 'api' }, database: engine.test.database });
  });
  afterEach(async () => {
    for (const feature of ['dynamic_inference', 'plan_memory', 'make-decision', 'recovery_learning'])
      await put(feature, { enabled: true });
  });
  afterAll(async () => {
    await other.close();
    await engine.close();
    await models.close();
  });

  const put = (feature: string, body: object, headers: Record<string, string> = {}) =>
    engine.test.http('PUT', `/api/v1/features/${feature}`, body, headers);
  const get = (feature: string) => engine.get(`/features/${feature}`);
  /** In the other process. */
  const becomes = (feature: FeatureName, subject: object, enabled: boolean) =>
    eventually(async () => (await other.app.get(Features).evaluate(feature, subject)).enabled === enabled, {
      what: `${feature} ${enabled ? 'on' : 'off'} in the other process`,
    });

  it('are those of the environment, and each function and more as a part of one', async () => {
    const { body } = await engine.get('/features');
    const parts = new Map(
      body.items.map((item: { feature: string; partOf: string }) => [item.feature, item.partOf]),
    );
    expect([...parts.keys()].sort()).toEqual(
      [
        'adaptation',
        'dynamic_inference',
        'llm_planning',
        'plan_memory',
        'recovery_learning',
        ...FUNCTIONS,
      ].sort(),
    );
    expect(parts.get('make-decision')).toBe('dynamic_inference');
    expect(parts.get('generate-workflow-plan')).toBe('llm_planning');
    expect(parts.get('plan_memory')).toBeNull();
  });

  it('hold at once here and soon elsewhere, with who turned them and why', async () => {
    const { status, body } = await put('dynamic_inference', { enabled: false, comment: 'Too dear.' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ feature: 'dynamic_inference', enabled: false, reason: 'off_by_switch', changedBy: 'anonymous' },
      detail: 'It was turned off. PUT /features/dynamic_inference turns it on again.',
    });
    expect((await get('make-decision')).body).toMatchObject({
      ...{ enabled: false, reason: 'off_by_switch' },
      detail:
        'dynamic_inference, which it is part of, was turned off. PUT /features/dynamic_inference turns it on again.',
    });
    await becomes('make-decision', {}, false);
    await put('dynamic_inference', { enabled: true });
    await becomes('make-decision', {}, true);
    const { body: changes } = await engine.get('/features/dynamic_inference/changes?limit=1');
    expect(changes.items).toMatchObject([
      { version: 2, before: { enabled: false }, after: { enabled: true } },
    ]);
    const { body: earlier } = await engine.get(
      `/features/dynamic_inference/changes?cursor=${changes.nextCursor}`,
    );
    expect(earlier.items).toMatchObject([
      { version: 1, comment: 'Too dear.', before: { enabled: true }, after: { enabled: false } },
    ]);
  });

  it('are heard of without a notification too', async () => {
    const session = other.app.get(SessionConnection);
    await session.query('unlisten tandem_features', [], 1_000);
    await put('plan_memory', { enabled: false });
    await becomes('plan_memory', {}, false);
    await session.query('listen tandem_features', [], 1_000);
  });

  it('are on for a share, and for those who are named', async () => {
    const rollout = { percentage: 0, include: { agentIds: [ID] } };
    const { body } = await put('make-decision', { enabled: true, rollout });
    expect(body).toMatchObject({
      ...{ enabled: true, reason: 'on' },
      detail: 'ENABLE_DYNAMIC_INFERENCE allows it. On for 0 % of the workflows, 1 more by name.',
    });
    await becomes('make-decision', { agentId: ID }, true);
    const evaluate = (agentId: string) =>
      engine.post('/inference/evaluate', { agentId, scenario: 'decision' });
    expect((await evaluate(engine.agentId)).body).toMatchObject({
      ...{ use: false, reason: 'rollout_excluded' },
    });
  });

  it('change nothing when they stand as asked', async () => {
    await put('recovery_learning', { enabled: false });
    await put('recovery_learning', { enabled: false, comment: 'Again.' });
    const { body } = await engine.get('/features/recovery_learning/changes');
    expect(body.items).toHaveLength(1);
  });

  it('are turned by one of two who saw the same', async () => {
    const { headers } = await get('plan_memory');
    const ifMatch = { 'if-match': headers.get('etag') ?? '' };
    const answers = await Promise.all([
      put('plan_memory', { enabled: false, comment: 'a' }, ifMatch),
      put('plan_memory', { enabled: false, comment: 'b' }, ifMatch),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it.each<[string, object, number, string]>([
    ['magic', { enabled: true }, 404, 'feature_not_found'],
    ['UPPER', { enabled: true }, 400, 'invalid_request'],
    ['plan_memory', {}, 400, 'invalid_request'],
    ['plan_memory', { enabled: true, rollout: { percentage: 101 } }, 400, 'invalid_request'],
    ['plan_memory', { enabled: true, rollout: { percentage: 0.5 } }, 400, 'invalid_request'],
    ['plan_memory', { enabled: true, rollout: { include: { agentIds: ['me'] } } }, 400, 'invalid_request'],
    ['plan_memory', { enabled: true, hurry: true }, 400, 'invalid_request'],
  ])('refuse %s %j', async (feature, body, status, code) => {
    expect(await put(feature, body)).toMatchObject({ status, body: { code } });
  });

  it('keep what happened, whoever asks the database to forget it', async () => {
    await put('plan_memory', { enabled: false });
    for (const statement of [
      'delete from feature_changes',
      `update feature_changes set changed_by = 'nobody'`,
    ])
      await expect(engine.query(statement)).rejects.toThrow('never changed or deleted');
  });

  it('end 50 calls of models that are under way; their tasks go on by rules', async () => {
    const fields = { name: 'a', capabilities: ['*'], intelligenceLevel: 'adaptive', executionMode: 'strict' };
    const ownerAgentId = (await engine.post('/agents', fields)).body.id as string;
    const tasks = Array.from({ length: 50 }, (_, index) => ({
      ...{ taskId: `t${index}`, taskType: 'ops.step', dependencies: [], retry: { maxAttempts: 1 } },
      // Letters: numbers would be the same failure, and one call would answer them all.
      parameters: { message: `Odd ${String.fromCharCode(97 + (index % 26)).repeat(3 + index)}` },
      optional: true,
    }));
    const workflow = await engine.post('/workflows', { name: 'w', ownerAgentId, definition: { tasks } });
    const asked = models.requests.length;
    const runId = await engine.startWorkflow(workflow.body.id as string);
    await eventually(() => models.requests.length - asked === 50, { withinMs: 20_000 });

    expect(
      (await other.http('PUT', '/api/v1/features/get-recovery-strategy', { enabled: false })).status,
    ).toBe(200);
    await engine.ended(runId, 20_000);

    const [calls] = await engine.query(
      `select count(*)::integer as made, count(settled_at)::integer as settled, array_agg(distinct outcome) as outcomes
       from llm_interactions where run_id = '${runId}'`,
    );
    expect(calls).toEqual({ made: 50, settled: 50, outcomes: ['failed_aborted'] });
    const [reserved] = await engine.query(`select sum(reserved_nano)::text as left from budgets`);
    expect(reserved).toEqual({ left: '0' });
    const events = await engine.query<{ data: { reason: string; source: string } }>(
      `select data from run_events where run_id = '${runId}' and type = 'recovery.proposed'`,
    );
    expect(new Set(events.map(({ data }) => `${data.source} ${data.reason}`))).toEqual(
      new Set(['twin The task is optional. The feature was turned off.']),
    );
    expect(events).toHaveLength(50);
  }, 60_000);
});

describe('switches that are kept elsewhere', () => {
  const elsewhere = new InMemoryProvider({
    plan_memory: { variants: { on: true, off: false }, defaultVariant: 'off', disabled: false },
  });

  @Injectable()
  @Contributes(FLAG_PROVIDER)
  class Elsewhere implements FlagProvider {
    readonly openFeatureProvider = elsewhere;
  }

  @Module({ providers: [Elsewhere] })
  class ElsewhereModule {}

  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ modules: [ElsewhereModule] });
  });
  afterAll(() => test.close());

  it('are asked there; what is not known there is on', async () => {
    const { body } = await test.http('GET', '/api/v1/features');
    const states = new Map(
      body.items.map(({ feature, enabled, rollout }: Record<string, unknown>) => [
        feature,
        { enabled, rollout },
      ]),
    );
    expect(states.get('plan_memory')).toEqual({ enabled: false, rollout: null });
    expect(states.get('llm_planning')).toEqual({ enabled: true, rollout: null });
  });

  it('are not turned here', async () => {
    const answer = await test.http('PUT', '/api/v1/features/plan_memory', { enabled: true });
    expect(answer).toMatchObject({
      status: 409,
      body: {
        code: 'features_managed_elsewhere',
        detail: 'The switches of this deployment are kept by in-memory. Turn plan_memory there.',
      },
    });
  });

  it('tell of changes', async () => {
    let changes = 0;
    const stop = test.app.get(Features).onChange(() => (changes += 1));
    elsewhere.putConfiguration({
      plan_memory: { variants: { on: true, off: false }, defaultVariant: 'on', disabled: false },
    });
    await eventually(() => changes > 0);
    stop();
    expect((await test.app.get(Features).evaluate('plan_memory', {})).enabled).toBe(true);
  });
});

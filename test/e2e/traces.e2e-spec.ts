import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Body, Controller, Module, Post } from '@nestjs/common';
import { trace } from '@opentelemetry/api';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { ApiRoute } from '../../src/access/api-route.decorator.js';
import { done, type TaskOutcome } from '../../src/tasks/domain/task-outcome.js';
import type { TaskHandler } from '../../src/tasks/domain/task-type.js';
import { TaskType } from '../../src/tasks/task-type.decorator.js';
import { Collector, type ReceivedSpan, treeOf } from '../support/collector.js';
import { EngineTest } from '../support/engine-test.js';
import { after, gate } from '../support/engine-tasks.js';
import { eventually } from '../support/eventually.js';
import { FaultyTypesModule } from '../support/faulty-types.module.js';
import { type TestAppOptions, testLlmSettings } from '../support/test-app.js';
import { createTestDatabase } from '../support/test-database.js';

/** In prompts, parameters, messages of errors and what a model says. */
const CANARY = 'canary-Zr41';
/** A parameter named `password`. */
const PASSWORD = 'hunter2-canary-Kq83';

const adjust = {
  ...{ action: 'adjust_parameters', delaySeconds: 0, toAgentId: '', reason: `More time, ${CANARY}.` },
  parameters: [{ name: 'seconds', value: '10' }],
};
const plan = {
  summary: 'Greets.',
  tasks: [
    {
      ...{
        id: 'greet',
        taskType: 'text.render',
        description: 'Greets.',
        dependsOn: [],
        when: [],
        agentId: '',
      },
      parameters: [{ name: 'template', value: 'Hello!' }],
    },
  ],
};
const SCRIPT = {
  price: '1/2',
  answers: [
    { when: 'wants more time', replies: [{ json: adjust }] },
    { when: 'Greet somebody', replies: [{ json: plan }] },
    { when: 'say it', replies: [{ text: `Said: ${CANARY}` }] },
    { when: 'fail now', replies: [{ failure: 'server_error' }] },
  ],
};
const folder = mkdtempSync(join(tmpdir(), 'tandem-trace-script-'));
const script = join(folder, 'script.json');
writeFileSync(script, JSON.stringify(SCRIPT));
afterAll(() => rmSync(folder, { recursive: true }));

const hex = (id: string) => id.replaceAll('-', '');
const named = (spans: readonly ReceivedSpan[], name: string) => spans.filter((span) => span.name === name);
const one = (spans: readonly ReceivedSpan[], name: string): ReceivedSpan => {
  const [span, ...others] = named(spans, name);
  expect([name, others.length, span === undefined]).toEqual([name, 0, false]);
  return span as ReceivedSpan;
};
const llm = testLlmSettings({ script, cacheTtlSeconds: 0 });

/** As another team writes it: with nothing but the API of OpenTelemetry. */
@TaskType({
  ...{ name: 'team.traced', description: 'For tests.', parameters: z.strictObject({}), result: z.unknown() },
  ...{ effects: () => 'none', examples: [] },
})
class TeamTask implements TaskHandler<object> {
  execute(): Promise<TaskOutcome<unknown>> {
    return trace.getTracer('team').startActiveSpan('inner work', async (span) => {
      await nextTurn();
      trace.getTracer('team').startSpan('innermost work').end();
      span.end();
      return done(null);
    });
  }
}

@Controller('broken')
class BrokenController {
  @Post()
  @ApiRoute({ operationId: 'b', summary: 'B', scope: 'public', ok: { status: 201, description: 'B.' } })
  async fail(@Body() _body: object): Promise<void> {
    await nextTurn();
    throw new Error(`It broke: ${CANARY}`);
  }
}

@Module({ providers: [TeamTask], controllers: [BrokenController] })
class TeamModule {}
const modules = [FaultyTypesModule, TeamModule];

/** Closed after the test, the last first. */
const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});
async function openCollector(): Promise<Collector> {
  const collector = await Collector.start();
  opened.push(() => collector.stop());
  return collector;
}
async function openEngine(options: TestAppOptions): Promise<EngineTest> {
  const engine = await EngineTest.start({ modules, ...options });
  opened.push(() => engine.close());
  return engine;
}

describe('a run that is traced', () => {
  let collector: Collector;
  let engine: EngineTest;
  let helper: string;
  beforeAll(async () => {
    collector = await Collector.start();
    engine = await EngineTest.start({ config: { llm, tracing: collector.settings() }, modules });
    const fields = { name: 'helper', capabilities: ['*'] };
    const levels = { intelligenceLevel: 'adaptive', executionMode: 'adaptive' };
    helper = (await engine.post(`/agents/${engine.agentId}/children`, { ...fields, ...levels })).body.id;
  });
  afterAll(async () => {
    await engine.close();
    await collector.stop();
  });

  const failing = {
    ...{ taskId: 'step', taskType: 'ops.step', description: `It wants more time. ${CANARY}` },
    ...{ parameters: { cure: 'parameters', message: `Odd: ${CANARY}` }, retry: { maxAttempts: 1 } },
  };

  it('has one trace with its id: its stay, agents, attempts, questions to models', async () => {
    const id = await engine.start(
      [
        { taskId: 'first', taskType: 'test.noop', parameters: { value: CANARY }, agentId: engine.agentId },
        { ...failing, agentId: helper, dependencies: ['first'] },
      ],
      {},
      { note: CANARY, password: PASSWORD },
    );
    const { workflowId, costUsd } = await engine.ended(id);
    const spans = await collector.trace(hex(id));
    expect(treeOf(spans)).toEqual([
      'invoke_workflow w',
      '  create_run',
      '  invoke_workflow w',
      '    invoke_agent worker',
      '      execute_tool test.noop',
      '    invoke_agent helper',
      '      execute_tool ops.step',
      '      execute_tool ops.step',
      '    call_function get-recovery-strategy',
      '      chat scripted',
    ]);
    const [root, stay] = [...spans]
      .filter(({ name }) => name === 'invoke_workflow w')
      .sort((a, b) => (a.parentSpanId ?? '').length - (b.parentSpanId ?? '').length);
    expect(root).toMatchObject({ spanId: hex(id).slice(16), kind: 1, status: { code: 0 } });
    expect(root?.attributes).toEqual({
      'gen_ai.operation.name': 'invoke_workflow',
      'gen_ai.workflow.name': 'w',
      'tandem.run.id': id,
      'tandem.workflow.id': workflowId,
      'tandem.run.status': 'succeeded',
    });
    expect(stay?.attributes).toMatchObject({ 'tandem.run.departure': 'ended' });
    const [failed, healed] = named(spans, 'execute_tool ops.step').sort((a, b) => a.startMs - b.startMs);
    const { id: taskId } = await engine.task(id, 'step');
    expect(failed).toMatchObject({ status: { code: 2 }, events: [], kind: 1 });
    expect(failed?.attributes).toEqual({
      ...{ 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'ops.step' },
      ...{ 'gen_ai.tool.type': 'function', 'gen_ai.agent.id': helper, 'error.type': 'step_failed' },
      ...{ 'tandem.run.id': id, 'tandem.workflow.id': workflowId },
      ...{ 'tandem.task.id': taskId, 'tandem.task.slug': 'step', 'tandem.task.attempt': 1 },
    });
    expect(healed?.attributes).toMatchObject({ 'tandem.task.attempt': 2, 'tandem.task.outcome': 'done' });
    expect(healed?.status).toEqual({ code: 0 });
    const chat = one(spans, 'chat scripted');
    expect(chat.kind).toBe(3);
    expect(chat.attributes).toMatchObject({
      ...{ 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'scripted' },
      ...{ 'gen_ai.request.model': 'scripted', 'gen_ai.response.finish_reasons': ['stop'] },
      ...{ 'tandem.outcome': 'answered', 'tandem.run.id': id, 'tandem.task.id': taskId },
      'tandem.cost_usd': Number(costUsd),
    });
    expect(chat.attributes['gen_ai.usage.input_tokens']).toBeGreaterThan(0);
    expect(chat.attributes['gen_ai.usage.output_tokens']).toBeGreaterThan(0);
    const asked = one(spans, 'call_function get-recovery-strategy').attributes;
    expect(asked).toMatchObject({ 'tandem.answer.source': 'model', 'tandem.cache.result': 'miss' });
    expect(chat.endMs).toBeLessThanOrEqual(stay?.endMs ?? 0);
  });

  it('points at the request that started it, and that at the run', async () => {
    const id = await engine.start([{ taskId: 'a', taskType: 'test.noop' }]);
    const spans = await collector.trace(hex(id));
    const [link] = one(spans, 'create_run').links;
    const request = await eventually(() => collector.spans.find(({ spanId }) => spanId === link?.spanId));
    expect(request).toMatchObject({
      ...{
        name: 'POST /api/v1/workflows/:workflowId/runs',
        kind: 2,
        traceId: link?.traceId,
        parentSpanId: undefined,
      },
      links: [{ traceId: hex(id), spanId: hex(id).slice(16) }],
    });
    expect(request.attributes).toMatchObject({
      ...{ 'http.request.method': 'POST', 'http.route': '/api/v1/workflows/:workflowId/runs' },
      ...{ 'http.response.status_code': 202, 'url.scheme': 'http' },
    });
  });

  it('is delegated: the second attempt is under the other agent', async () => {
    const id = await engine.start([{ ...gate('a', 'traced', { heeds: true }), agentId: engine.agentId }]);
    await engine.calls.gate('traced').arrived.promise;
    const { id: taskId } = await engine.task(id, 'a');
    await engine.post(`/tasks/${taskId}/delegate`, { toAgentId: helper });
    await eventually(() => engine.calls.of(id, 'a').length === 2);
    engine.calls.gate('traced').released.resolve('done');
    await engine.ended(id);
    const spans = await collector.trace(hex(id));
    const attempts = named(spans, 'execute_tool test.gate').sort((a, b) => a.startMs - b.startMs);
    expect(attempts.map(({ attributes }) => attributes['error.type'])).toEqual(['aborted', undefined]);
    expect(attempts.map(({ parentSpanId }) => parentSpanId)).toEqual([
      one(spans, 'invoke_agent worker').spanId,
      one(spans, 'invoke_agent helper').spanId,
    ]);
  });

  it('and the run one of its tasks starts point at each other', async () => {
    const child = await engine.workflow([{ taskId: 'inner', taskType: 'test.noop' }]);
    const id = await engine.start([
      { taskId: 'sub', taskType: 'workflow.run', parameters: { workflowId: child } },
    ]);
    await engine.ended(id);
    const sub = one(await collector.trace(hex(id)), 'execute_tool workflow.run');
    const [row] = await engine.query<{ id: string }>('select id from runs where parent_run_id = $1', [id]);
    const childId = row?.id ?? '';
    expect(sub.links).toEqual([expect.objectContaining({ traceId: hex(childId) })]);
    expect(sub.attributes['tandem.task.outcome']).toBe('childRun');
    const spans = await collector.trace(hex(childId));
    const root = spans.find(({ parentSpanId }) => parentSpanId === undefined);
    expect(root?.links).toEqual([expect.objectContaining({ traceId: hex(id), spanId: hex(id).slice(16) })]);
    expect(named(spans, 'execute_tool test.noop')).toHaveLength(1);
  });

  it('fails with our codes and no message', async () => {
    const parameters = { message: `Odd: ${CANARY}` };
    const id = await engine.start([
      { taskId: 'a', taskType: 'ops.step', parameters, retry: { maxAttempts: 1 }, agentId: engine.agentId },
      after('b', 'a'),
    ]);
    expect((await engine.ended(id)).status).toBe('failed');
    const spans = await collector.trace(hex(id));
    for (const { attributes, status } of named(spans, 'invoke_workflow w'))
      expect([attributes['error.type'], status]).toEqual(['task_failed', { code: 2 }]);
    expect(spans.map(({ status }) => status.message).filter(Boolean)).toEqual([]);
  });

  it('tells of a task that could not begin', async () => {
    const parameters = { value: '{{ run.input.missing }}' };
    const id = await engine.start([{ taskId: 'a', taskType: 'test.noop', parameters }]);
    await engine.ended(id);
    const span = one(await collector.trace(hex(id)), 'execute_tool test.noop');
    expect(span.attributes['error.type']).toBe('unresolved_reference');
  });

  it('continues the trace of a caller, whose planning it shows', async () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const headers = { traceparent: `00-${traceId}-b7ad6b7169203331-01` };
    const workflowId = await engine.workflow([]).catch(() => '');
    const made = await engine.post('/workflows', { name: 'p', ownerAgentId: engine.agentId });
    const answer = await engine.post(
      `/workflows/${workflowId || made.body.id}/plan`,
      { request: `Greet somebody ${CANARY}.` },
      headers,
    );
    expect(answer.body.source).toBe('model');
    await eventually(() => collector.spans.some((span) => span.traceId === traceId && span.kind === 2));
    const spans = collector.spans.filter((span) => span.traceId === traceId);
    expect(
      treeOf([
        { ...spans[0], spanId: 'b7ad6b7169203331', parentSpanId: undefined, name: 'caller' } as ReceivedSpan,
        ...spans,
      ]),
    ).toEqual([
      'caller',
      '  POST /api/v1/workflows/:workflowId/plan',
      '    plan',
      '      call_function generate-workflow-plan',
      '        chat scripted',
    ]);
    expect(one(spans, 'plan').attributes).toMatchObject({
      'gen_ai.operation.name': 'plan',
      'tandem.planning.kind': 'create_workflow_plan',
    });
  });

  it('is nothing to probes, and shows a fault of a caller as none of ours', async () => {
    await engine.test.http('GET', '/health/ready');
    await engine.get('/runs/01920000-0000-7000-8000-000000000000');
    const route = 'GET /api/v1/runs/:runId';
    const asked = await eventually(() =>
      collector.spans.find(
        ({ name, attributes }) => name === route && attributes['http.response.status_code'] === 404,
      ),
    );
    expect(asked.status.code).toBe(0);
    expect(collector.spans.filter(({ name }) => name.includes('health'))).toEqual([]);
  });

  it('shows a fault of ours by its code', async () => {
    expect((await engine.post('/broken', { note: CANARY })).status).toBe(500);
    const failed = await eventually(() => collector.spans.find(({ name }) => name === 'POST /api/v1/broken'));
    expect([failed.status, failed.attributes['error.type']]).toEqual([{ code: 2 }, 'internal_error']);
  });

  it('holds the spans of an extension, and none of another application of the process', async () => {
    const other = await openCollector();
    const second = await openEngine({ config: { tracing: other.settings() } });
    const tasks = [{ taskId: 'a', taskType: 'team.traced', agentId: engine.agentId }];
    const id = await engine.start(tasks);
    const otherId = await second.start([{ ...tasks[0], agentId: second.agentId }]);
    const tree = [
      'invoke_workflow w',
      '  create_run',
      '  invoke_workflow w',
      '    invoke_agent worker',
      '      execute_tool team.traced',
      '        inner work',
      '          innermost work',
    ];
    expect(treeOf(await collector.trace(hex(id)))).toEqual(tree);
    expect(treeOf(await other.trace(hex(otherId)))).toEqual(tree);
    expect(other.spans.filter(({ traceId }) => traceId === hex(id))).toEqual([]);
    expect(collector.spans.filter(({ traceId }) => traceId === hex(otherId))).toEqual([]);
  });

  it('fails a request to a provider with the kind of the failure', async () => {
    const id = await engine.start([
      {
        taskId: 'a',
        taskType: 'llm.generate',
        parameters: { prompt: `fail now ${CANARY}` },
        retry: { maxAttempts: 1 },
      },
    ]);
    await engine.ended(id);
    const chats = named(await collector.trace(hex(id)), 'chat scripted');
    expect(chats.length).toBeGreaterThan(0);
    for (const { attributes, status } of chats)
      expect([attributes['error.type'], status]).toEqual(['server_error', { code: 2 }]);
  });

  it('shows nothing of what it was about', () => {
    expect(collector.spans.length).toBeGreaterThan(30);
    expect(collector.bodies.join()).not.toContain(CANARY);
    expect(collector.bodies.join()).not.toContain(PASSWORD);
  });
});

describe('a run that parks, and goes on in another process', () => {
  it('is one trace of both, with no span open while it was parked', async () => {
    const collector = await openCollector();
    const database = await createTestDatabase();
    opened.push(() => database.drop());
    const config = { tracing: collector.settings() };
    const first = await openEngine({ config, database });
    const id = await first.start([
      { taskId: 'ask', taskType: 'human.approval', parameters: { question: '?' } },
      after('then', 'ask'),
    ]);
    const asked = await first.asked(id);
    await first.close();
    const parkedAt = Date.now();
    const before = collector.spans.filter(({ traceId }) => traceId === hex(id));
    expect(named(before, 'invoke_workflow w')).toHaveLength(1);
    const second = await openEngine({ config, database });
    await second.post(`/tasks/${asked}/approve`, { by: 'ada' });
    expect((await second.ended(id)).status).toBe('succeeded');
    const spans = await collector.trace(hex(id));
    const root = spans.find(({ parentSpanId }) => parentSpanId === undefined);
    const stays = spans
      .filter(({ name, parentSpanId }) => name === 'invoke_workflow w' && parentSpanId === root?.spanId)
      .sort((a, b) => a.startMs - b.startMs);
    expect(stays.map(({ attributes }) => attributes['tandem.run.departure'])).toEqual(['parked', 'ended']);
    expect(stays[0]?.endMs).toBeLessThanOrEqual(parkedAt);
    expect(stays[1]?.startMs).toBeGreaterThanOrEqual(parkedAt);
    expect(new Set(stays.map(({ resource }) => resource['service.instance.id'])).size).toBe(2);
    expect(root?.startMs).toBeLessThanOrEqual(stays[0]?.startMs ?? 0);
    expect(root?.endMs).toBe(stays[1]?.endMs);
  });
});

describe('content that an operator asked for', () => {
  it('goes along without secrets and personal data', async () => {
    const collector = await openCollector();
    const tracing = collector.settings({ captureContent: true, compression: 'gzip' });
    const engine = await openEngine({ config: { llm, tracing } });
    const value = {
      note: CANARY,
      password: PASSWORD,
      mail: 'ada@example.org',
      plentiful: 'x'.repeat(20_000),
    };
    const id = await engine.start([
      { taskId: 'a', taskType: 'test.noop', parameters: { value } },
      {
        taskId: 'b',
        taskType: 'llm.generate',
        parameters: { prompt: `say it ${CANARY} password=${PASSWORD}` },
      },
    ]);
    await engine.ended(id);
    const spans = await collector.trace(hex(id));
    const noop = one(spans, 'execute_tool test.noop').attributes;
    const shown = String(noop['gen_ai.tool.call.arguments']);
    expect(shown).toContain(`"note":"${CANARY}","password":"[redacted]"`);
    expect(shown).toHaveLength(8_193);
    expect(String(noop['gen_ai.tool.call.result'])).toContain(CANARY);
    const chat = one(spans, 'chat scripted').attributes;
    expect(JSON.parse(String(chat['gen_ai.input.messages']))).toEqual([
      { role: 'user', parts: [{ type: 'text', content: `say it ${CANARY} password=[redacted]` }] },
    ]);
    expect(JSON.parse(String(chat['gen_ai.output.messages']))).toEqual([
      { role: 'assistant', parts: [{ type: 'text', content: `Said: ${CANARY}` }], finish_reason: 'stop' },
    ]);
    expect(collector.bodies.join()).not.toContain(PASSWORD);
    expect(collector.bodies.join()).not.toContain('ada@example.org');
  });
});

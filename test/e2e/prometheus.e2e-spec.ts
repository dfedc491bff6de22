import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LlmService } from '../../src/llm/llm.service.js';
import { EngineTest } from '../support/engine-test.js';
import { eventually } from '../support/eventually.js';
import { chatAnswer } from '../support/llm/answer-bodies.js';
import { json, status } from '../support/llm/answers.js';
import { ModelServer } from '../support/llm/model-server.js';
import { WordFunction, WordModule } from '../support/llm/word-function.js';
import { lintMetrics, lintRules, missingPrometheus, Prometheus } from '../support/prometheus.js';
import { modelBehind, testLlmSettings } from '../support/test-app.js';

const missing = missingPrometheus();
const isRequired = process.env['CI'] === 'true';
if (missing !== null) console.warn(`Metrics are not compared with a real Prometheus: ${missing}`);
if (missing !== null && isRequired)
  it('has a real Prometheus to be compared with', () => {
    throw new Error(missing);
  });
const withPrometheus = missing === null ? describe : describe.skip;

const USAGE = { prompt_tokens: 110, completion_tokens: 70, total_tokens: 180 };
const says = (text: string) => json(chatAnswer({ text, model: 'm', usage: USAGE }));

withPrometheus('a real Prometheus', () => {
  let server: ModelServer;
  let engine: EngineTest;
  let prometheus: Prometheus;

  const word = (topic: string) =>
    engine.test.app
      .get(LlmService)
      .call(engine.test.app.get(WordFunction), { topic }, { agentId: engine.agentId });

  beforeAll(async () => {
    server = await ModelServer.start();
    engine = await EngineTest.start({
      modules: [WordModule],
      config: { llm: testLlmSettings({ ...modelBehind(server.url), cacheTtlSeconds: 60 }) },
    });
    server.answer(says('{"word":"rain"}'));
    for (const topic of ['weather', 'weather', 'weather', 'sky']) await word(topic);
    server.answer(says('{}'));
    await word('sea');
    server.answer(status(400));
    await word('fire');
    server.answer(says('Faster start.'));
    const parameters = { prompt: 'Write a release note.', maxOutputTokens: 100 };
    await engine.run([{ taskId: 'ask', taskType: 'llm.generate', parameters }]);
    prometheus = await Prometheus.start(engine.test.base);
  }, 60_000);
  afterAll(async () => {
    await prometheus?.stop();
    await engine?.close();
    await server?.close();
  });

  const report = async (path: string) => (await engine.get(`/monitoring/${path}`)).body;

  it('sees the calls and the cost that the ledger has, by function, model and outcome', async () => {
    const { total, groups } = await report('costs?groupBy=function,provider,model,outcome');
    expect([total.calls, groups.length]).toEqual([6, 4]);
    expect(await prometheus.value('sum(tandem_llm_calls_total)')).toBe(total.calls);
    expect(await prometheus.value('sum(tandem_llm_cost_usd_total)')).toBeCloseTo(Number(total.costUsd), 12);
    for (const { group, calls } of groups) {
      const labels = Object.entries(group).map(([name, value]) => `${name}="${String(value)}"`);
      expect(await prometheus.value(`tandem_llm_calls_total{${labels.join()}}`)).toBe(calls);
    }
    const { groups: functions } = await report('costs?groupBy=function');
    for (const { group, costUsd } of functions)
      expect(
        await prometheus.value(`sum(tandem_llm_cost_usd_total{function="${group.function}"})`),
      ).toBeCloseTo(Number(costUsd), 12);
  });

  it('sees who answered', async () => {
    const { total } = await report('intelligence');
    expect(total.answers).toEqual({ model: 2, cache: 2, rule: 0, twin: 2 });
    const bySource = await prometheus.query('sum by (source) (tandem_llm_answers_total)');
    expect(Object.fromEntries(bySource.map(({ metric, value }) => [metric['source'], value]))).toEqual({
      ...{ model: 2, cache: 2, twin: 2 },
    });
    const twins = await prometheus.query('tandem_llm_answers_total{source="twin"}');
    expect(twins.map(({ metric }) => metric['reason']).sort()).toEqual(['invalid_answer', 'model_failed']);
  });

  it('sees the total budget', async () => {
    const { body: budget } = await engine.get('/budgets/total');
    const gauges = { limit: budget.limitUsd, spent: budget.spentUsd, reserved: budget.reservedUsd };
    // What it has read may be two seconds old.
    await eventually(
      async () =>
        (await prometheus.value('tandem_llm_budget_spent_usd')) === Number(budget.spentUsd as string),
    );
    for (const [name, usd] of Object.entries(gauges))
      expect(await prometheus.value(`tandem_llm_budget_${name}_usd`)).toBe(Number(usd));
    expect(await prometheus.value('tandem_llm_budget_closed')).toBe(0);
  });

  it('sees tokens and durations under the names of OpenTelemetry', async () => {
    const { total } = await report('intelligence');
    const operation =
      'gen_ai_operation_name="chat",gen_ai_provider_name="openai-compatible",gen_ai_request_model="m"';
    const tokens = (type: string) =>
      prometheus.value(`gen_ai_client_token_usage_sum{${operation},gen_ai_token_type="${type}"}`);
    expect(await tokens('input')).toBe(total.tokens.inputTokens);
    expect(await tokens('output')).toBe(total.tokens.outputTokens);
    const seconds = 'gen_ai_client_operation_duration_seconds_count';
    expect(await prometheus.value(`sum(${seconds}{${operation}})`)).toBe(total.calls);
    expect(await prometheus.value(`${seconds}{${operation},error_type="bad_request"}`)).toBe(1);
    const bounds = (name: string) =>
      prometheus
        .query(`count by (le) (${name}_bucket)`)
        .then((found) =>
          found.flatMap(({ metric: { le } }) => (le === '+Inf' ? [] : Number(le))).sort((a, b) => a - b),
        );
    expect(await bounds('gen_ai_client_token_usage')).toEqual([
      ...[1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864],
    ]);
    expect(await bounds('gen_ai_client_operation_duration_seconds')).toEqual([
      ...[0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92],
    ]);
  });

  it('sees who executes runs, and that none waits', async () => {
    expect(await prometheus.value('tandem_workers')).toBe(1);
    for (const name of ['tandem_queued_runs', 'tandem_overdue_wakes', 'tandem_oldest_due_run_seconds'])
      expect(await prometheus.value(name)).toBe(0);
  });

  it('finds nothing wrong with the metrics', async () => {
    expect(lintMetrics((await engine.test.http('GET', '/metrics')).body as string)).toBe('');
  });

  it('understands the alerts of the documents, which name only metrics that there are', async () => {
    const operations = readFileSync('docs/operations.md', 'utf8');
    const [, rules = ''] = /```yaml\n(groups:\n[\s\S]*?)```/.exec(operations) ?? [];
    expect(rules).toContain('alert:');
    expect(lintRules(rules)).toBe('');
    const { body } = await engine.test.http('GET', '/metrics');
    const shown = new Set([...(body as string).matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name));
    const named = [...rules.matchAll(/\b(?:tandem|gen_ai_client)_[a-z_]+\b/g)].map(([name]) => name);
    const families = named.map((name) => name.replace(/_(bucket|sum|count)$/, ''));
    expect(families.length).toBeGreaterThan(8);
    expect(families.filter((name) => !shown.has(name))).toEqual([]);
  });
});

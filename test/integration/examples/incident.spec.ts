import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { differencesByRules, differencesOfFive } from '../../../examples/incident/differences.ts';
import { example } from '../../../examples/incident/example.ts';
import type { IncidentRun } from '../../../examples/incident/incident-run.ts';
import { startSampleService } from '../../../examples/incident/sample-service.ts';
import { storyteller } from '../../../examples/incident/story.ts';
import { Api } from '../../../scripts/lib/api.ts';
import { freePort } from '../../support/free-port.js';
import { startTestApp, testLlmSettings, type TestApp } from '../../support/test-app.js';

const recovered = (source: string, calls: number, action = 'adjust_parameters'): IncidentRun => ({
  ...{
    id: '',
    status: 'succeeded',
    reason: null,
    output: null,
    costUsd: '0',
    incident: 1,
    calls,
    query: null,
  },
  recoveries: [{ taskId: 'verify', action, source, costUsd: '0', error: null }],
});
const active = {
  ...{ id: '', taskType: 'http.request', errorClass: 'transient', fingerprint: '', status: 'active' },
  ...{ recovery: { action: 'retry', delaySeconds: 0, parameters: {} }, successes: 4, failures: 0 },
};

describe('what the example shows', () => {
  const five = (...runs: IncidentRun[]) => differencesOfFive(runs, [active], 'rule_known');
  const model = recovered('model', 1);
  const rule = recovered('rule', 0);

  it('is help by a model until a rule helps', () => {
    expect(five(model, model, model, rule, rule)).toEqual([]);
    expect(five(model, recovered('cache', 0), model, rule, rule)).toEqual([]);
  });

  it.each<[string, IncidentRun[], RegExp]>([
    ['nothing learned', [model, model, model, model, model], /last recovery was to be by a rule.*by model/],
    ['known before', [rule, rule, rule, rule, rule], /first recovery was to be by a model.*by rule/],
    [
      'by a person between',
      [model, recovered('twin', 1, 'ask_person'), model, rule, rule],
      /until a rule did/,
    ],
    ['a model beside the rule', [model, model, model, rule, recovered('rule', 1)], /Run 5 .* called 1 times/],
    [
      'a failed run',
      [{ ...model, status: 'failed', reason: 'task_failed' }],
      /Run 1 ended as failed \(task_f/,
    ],
  ])('is not: %s', (_, runs, message) => {
    expect(five(...runs).join('\n')).toMatch(message);
  });

  it('is not: a rule that is gone', () => {
    const all = [model, model, model, rule, rule];
    expect(differencesOfFive(all, [{ ...active, status: 'demoted' }], 'allowed')).toHaveLength(2);
  });

  it('is, by rules, a question to a person and no model', () => {
    expect(differencesByRules(recovered('twin', 0, 'ask_person'))).toEqual([]);
    expect(differencesByRules(recovered('twin', 1, 'ask_person'))).toHaveLength(1);
    expect(differencesByRules(rule)).toHaveLength(1);
    expect(differencesByRules({ ...recovered('twin', 0, 'ask_person'), status: 'failed' })).toHaveLength(1);
  });
});

describe('the story of a run', () => {
  const at = '2026-01-01T00:00:00.000Z';
  const event = (type: string, data: object) => ({
    ...{ sequence: 1, type, taskId: 'verify', at, data: { attempt: 1, ...data } },
  });
  const error = { class: 'transient', message: 'GET http://127.0.0.1:3211/incidents/7/ready answered 503.' };

  it('tells a failure once, and what was refused before what was proposed', () => {
    const tell = storyteller(new Set());
    const refused = [{ code: 'not_adjustable', pointer: '/parameters/url', message: 'May not be changed.' }];
    const proposed = {
      source: 'model',
      reason: 'So.',
      recovery: 'retry',
      byRules: 'ask_person',
      costUsd: '1',
    };
    const lines = [
      event('task.recovering', { error }),
      event('recovery.proposed', { ...proposed, refused }),
      event('recovery.applied', { action: 'retry', source: 'model' }),
      event('task.failed', { final: false, error, retryAt: at }),
    ].flatMap(tell);
    expect(lines.map((line) => line.trim())).toEqual([
      'verify     transient: GET /ready answered 503.',
      '→ no retry and no alternative is left',
      'refused    /parameters/url May not be changed.',
      'proposed   retry, by a model, for 1 USD',
      'because    So.',
      'otherwise  ask_person, which is what rules do',
      'applied    as retry, of a model',
    ]);
  });

  it.each([
    ['verify', '→ left out: it is optional'],
    ['another', '→ given up'],
  ])('says what the end of a task means where %s is optional', (optional, end) => {
    const tell = storyteller(new Set([optional]));
    expect(
      tell(event('task.failed', { final: true, error }))
        .at(-1)
        ?.trim(),
    ).toBe(end);
  });
});

describe('npm run example incident', () => {
  let port: number;
  let printed: string[];
  beforeAll(async () => {
    port = await freePort();
  });
  beforeEach(() => {
    printed = [];
    const keep = (text: unknown) => void printed.push(String(text));
    jest.spyOn(console, 'log').mockImplementation(keep);
    jest.spyOn(console, 'error').mockImplementation(keep);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  async function run({ base }: TestApp, at = port): Promise<{ code: number; text: string }> {
    const prepared = example.prepare(['--port', String(at)]);
    if ('usageError' in prepared) throw new Error(prepared.usageError);
    const code = await prepared.run(new Api(base));
    return { code, text: printed.join('\n') };
  }
  const reportIn = ({ dataDirectory }: TestApp) =>
    readFileSync(join(dataDirectory, 'files/incident/report.md'), 'utf8');

  /** Of the runs of the example, oldest first: by whom each was recovered, and the calls of models it made. */
  async function recordOf({ http }: TestApp) {
    const { body } = await http('GET', '/api/v1/runs?limit=200');
    return Promise.all(
      body.items.map(async ({ id }: { id: string }) => {
        const details = (await http('GET', `/api/v1/runs/${id}`)).body;
        const calls = (await http('GET', `/api/v1/llm/interactions?runId=${id}`)).body.items;
        const recoveries = details.recoveries as { taskId: string; action: string; source: string }[];
        return {
          status: details.status as string,
          calls: calls.length as number,
          by: recoveries.map(({ taskId, action, source }) => `${taskId} ${action} ${source}`),
        };
      }),
    );
  }

  it.each(['0', '65536', 'http', '-1'])('says what to write instead of the port %s', (text) => {
    const prepared = example.prepare([`--port=${text}`]);
    expect('usageError' in prepared && prepared.usageError).toContain('incident [-- --port NUMBER]');
  });

  it('lets a Tandem it starts reach the service', () => {
    const { env } = example.prepare(['--port', '4000']) as { env: Record<string, string> };
    expect(env['HTTP_ALLOWED_HOSTS']).toMatch(/(^|,)127\.0\.0\.1:4000$/);
  });

  describe('without a model', () => {
    let test: TestApp;
    beforeAll(async () => {
      test = await startTestApp({ config: { httpAllowedHosts: [`127.0.0.1:${port}`] } });
    });
    afterAll(() => test.close());

    it('asks a person about what no rule covers, and answers in its place', async () => {
      const { code, text } = await run(test);
      expect(text).toContain('No model may be asked (provider_unavailable)');
      expect(text).toMatch(/check +timeout: .*\n +→ tried again in .* by its retries/);
      expect(text).toMatch(/announce +not_found: .*\n +→ left out: it is optional/);
      expect(text).toMatch(/restart +transient: .*\n +→ done another way: alternative 1/);
      expect(text).toContain('answered   by this example in place of a person: {"answer":{"action":"retry"');
      expect(code).toBe(0);
      expect(await recordOf(test)).toEqual([
        { status: 'succeeded', calls: 0, by: ['verify ask_person twin'] },
      ]);
      expect(reportIn(test)).toContain('| verify | ready, search index complete |');
    });

    it('says what is wrong where the service may not be reached', async () => {
      const { code, text } = await run(test, await freePort());
      expect(code).toBe(1);
      expect(text).toContain('An operator can open it with HTTP_ALLOWED_HOSTS=127.0.0.1:');
      expect(text).toContain('Not as this example shows it: The run ended as failed (task_failed).');
    });

    it('says that its port is taken', async () => {
      const other = await startSampleService(port);
      await expect(run(test)).rejects.toThrow('The service cannot be served: ');
      await other.stop();
    });
  });

  describe('with answers of a script', () => {
    let test: TestApp;
    beforeAll(async () => {
      const llm = testLlmSettings({ script: 'examples/incident/script.json', provider: 'scripted' });
      test = await startTestApp({ config: { httpAllowedHosts: [`127.0.0.1:${port}`], llm } });
    });
    afterAll(() => test.close());

    const by = (source: string, calls: number) => ({
      ...{ status: 'succeeded', calls, by: [`verify adjust_parameters ${source}`] },
    });
    const MODEL = by('model', 1);
    const RULE = by('rule', 0);

    it('is helped by a model three times, then by the rule that was learned, without a call', async () => {
      const { code, text } = await run(test);
      expect(code).toBe(0);
      expect(await recordOf(test)).toEqual([MODEL, MODEL, MODEL, RULE, RULE]);
      expect(text).toMatch(/^1 +\d+ +a model +adjust_parameters +1 +0\.(?!0{9})\d{9} +succeeded$/m);
      expect(text).toMatch(/^5 +\d+ +a learned rule +adjust_parameters +0 +0\.000000000 +succeeded$/m);
      expect(text).toContain('verify was sent with the query {"index":"optional"}');
      expect(text).toContain('active: adjust_parameters {"query":{"index":"optional"}}');
      expect(text).toContain('helped 5 times, did not 0 times');
      expect(text).toContain('rule_known. The rule');
      expect(reportIn(test)).toContain('| verify | ready, search index rebuilding |');
    });

    it('shows the same once more: what was left running is cancelled, what was learned forgotten', async () => {
      const { body: runs } = await test.http('GET', '/api/v1/runs');
      const again = `/api/v1/workflows/${runs.items[0].workflowId}/runs`;
      // Nobody serves it now: it waits for its next attempt, as after an interruption.
      const { body: left } = await test.http('POST', again, { input: { incident: 1 } });
      const { code, text } = await run(test);
      expect(code).toBe(0);
      expect((await test.http('GET', `/api/v1/runs/${left.id}`)).body.status).toBe('cancelled');
      expect(text).toContain('What an earlier start of this example taught is forgotten.');
      expect((await recordOf(test)).slice(6)).toEqual([MODEL, MODEL, MODEL, RULE, RULE]);
      const { body } = await test.http('GET', '/api/v1/inference/rules');
      expect(body.items).toHaveLength(1);
    });
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, testLlmSettings, type TestApp } from '../support/test-app.js';

const task = (
  id: string,
  taskType: string,
  parameters: Record<string, string>,
  dependsOn: string[] = [],
) => ({
  ...{ id, taskType, description: `Does ${id}.`, dependsOn, when: [], agentId: '' },
  parameters: Object.entries(parameters).map(([name, value]) => ({ name, value })),
});
const greeting = task('greet', 'text.render', { template: 'Hello {{ name }}!', data: '{"name":"Ada"}' });
const plan = (...tasks: object[]) => ({ json: { summary: 'Greets and keeps it.', tasks } });
const SAVE = { path: '"greeting.txt"', content: '{{ tasks.greet.result.text }}' };

const SCRIPT = {
  price: '1/2',
  answers: [
    { when: 'Greet Ada well', replies: [plan(greeting, task('save', 'file.write', SAVE, ['greet']))] },
    {
      when: 'Greet Ada nearly',
      // A near type, a missing dependency, prose around the JSON.
      replies: [
        {
          text: `Sure!\n\`\`\`json\n${JSON.stringify(plan(greeting, task('save', 'FileWrite', SAVE)).json)}\n\`\`\``,
        },
      ],
    },
    {
      when: 'Greet Ada wrongly',
      replies: [
        plan(greeting, task('save', 'mail.send', SAVE, ['greet'])),
        plan(greeting, task('save', 'file.write', SAVE, ['greet'])),
      ],
    },
    { when: 'Never well', replies: [plan(task('a', 'no.such', {}))] },
    { when: 'Refuse this', replies: [{ refusal: 'I would rather not.' }] },
    { when: 'exfiltrate', replies: [plan(task('go', 'http.request', { url: '"http://169.254.169.254/"' }))] },
    {
      when: 'write {{ run.input.secret }}',
      replies: [plan(task('save', 'file.write', { path: '"a.txt"', content: '{{ run.input.secret }}' }))],
    },
  ],
};

const folder = mkdtempSync(join(tmpdir(), 'tandem-plan-script-'));
const script = join(folder, 'script.json');
writeFileSync(script, JSON.stringify(SCRIPT));

let test: TestApp;
let workflowId: string;
beforeAll(async () => {
  test = await startTestApp({ config: { llm: testLlmSettings({ script }) } });
  const agent = await test.http('POST', '/api/v1/agents', { name: 'Owner', capabilities: ['*'] });
  const fields = { name: 'Planned', ownerAgentId: agent.body.id };
  workflowId = (await test.http('POST', '/api/v1/workflows', fields)).body.id as string;
});
afterAll(async () => {
  await test.close();
  rmSync(folder, { recursive: true });
});

const ask = async (request: string, more: object = {}) =>
  (await test.http('POST', `/api/v1/workflows/${workflowId}/plan`, { request, ...more })).body;
const codesOf = (body: { diagnostics: { code: string }[] }) => body.diagnostics.map(({ code }) => code);
const calls = async () =>
  (await test.http('GET', `/api/v1/llm/interactions?workflowId=${workflowId}&limit=200`)).body.items as {
    id: string;
    outcome: string;
    attempt: number;
  }[];

describe('a plan of a model', () => {
  it('is taken as it is, priced and on record', async () => {
    const body = await ask('Greet Ada well.');
    expect(body).toMatchObject({
      ...{ origin: 'model', source: 'model', reason: 'allowed', description: 'Greets and keeps it.' },
      dependencies: { greet: [], save: ['greet'] },
      definition: {
        tasks: [{ parameters: { data: { name: 'Ada' } } }, { parameters: { path: 'greeting.txt' } }],
      },
    });
    expect(codesOf(body)).toEqual([]);
    expect(Number(body.costUsd)).toBeGreaterThan(0);
    const [call] = await calls();
    expect(call).toMatchObject({ interactionType: 'generate-workflow-plan', outcome: 'answered' });
    await test.http('POST', `/api/v1/plans/${body.id}/approve`, {});
    const run = await test.http('POST', `/api/v1/workflows/${workflowId}/runs?wait=10`, {});
    expect(run.body.status).toBe('succeeded');
  });

  it('is taken from the cache the second time, for nothing', async () => {
    const first = await ask('Greet Ada well.', { constraints: { maxTasks: 7 } });
    const before = await calls();
    const again = await ask('Greet Ada well.', { constraints: { maxTasks: 7 } });
    expect(again).toMatchObject({ source: 'cache', origin: 'model', costUsd: '0.000000000' });
    expect(again.contentHash).toBe(first.contentHash);
    expect((await calls()).length).toBe(before.length);
  });

  it('is repaired without tokens where it has one meaning', async () => {
    const before = (await calls()).length;
    const body = await ask('Greet Ada nearly.');
    expect(body).toMatchObject({ source: 'model', dependencies: { save: ['greet'] } });
    expect(codesOf(body)).toEqual(['task_type_mended', 'dependency_added']);
    expect((await calls()).length).toBe(before + 1);
  });

  it('is sent back once with what is wrong where it has none', async () => {
    const body = await ask('Greet Ada wrongly.');
    expect(body).toMatchObject({ source: 'model', definition: { tasks: [{}, { taskType: 'file.write' }] } });
    expect(body.diagnostics).toContainEqual(
      expect.objectContaining({
        code: 'model_asked_again',
        message: expect.stringContaining('/tasks/1/taskType unknown_task_type: '),
      }),
    );
    const [second, first] = await calls();
    expect([first?.outcome, second?.outcome]).toEqual(['invalid', 'answered']);
    const { body: detail } = await test.http('GET', `/api/v1/llm/interactions/${second?.id}`);
    expect(detail.prompt.messages.at(-1).text).toContain('unknown_task_type');
  });

  it.each([
    ['Never well: read a.json', 'invalid_answer'],
    ['Refuse this: read a.json', 'refused'],
  ])('%s is planned by rules after all', async (request, reason) => {
    const body = await ask(request);
    expect(body).toMatchObject({ origin: 'rules', source: 'twin', reason });
    expect(body.diagnostics[0]).toMatchObject({ code: 'fell_back', severity: 'warning' });
    expect(body.definition.tasks.length).toBeGreaterThan(0);
  });

  it('that calls a host the constraints do not allow never gets in', async () => {
    const body = await ask('Please exfiltrate: read a.json', { constraints: { hosts: ['example.com'] } });
    expect(body).toMatchObject({ origin: 'rules', source: 'twin' });
    expect(JSON.stringify(body.definition)).not.toContain('169.254');
  });

  it('copies no reference out of the request', async () => {
    const body = await ask('Please write {{ run.input.secret }} to a.txt.');
    expect(codesOf(body)).toContain('request_kept_as_text');
    await test.http('POST', `/api/v1/plans/${body.id}/approve`, {});
    const path = `/api/v1/workflows/${workflowId}/runs?wait=10`;
    const run = await test.http('POST', path, { input: { secret: 'hunter2' } });
    expect(run.body.status).toBe('succeeded');
    const tasks = await test.http('GET', `/api/v1/runs/${run.body.id}/tasks`);
    expect(JSON.stringify(tasks.body)).not.toContain('hunter2');
    expect(JSON.stringify(tasks.body)).toContain('"bytes":22');
  });
});

describe('with planning by models switched off', () => {
  it('the rules answer, nobody is asked, and the plan says so', async () => {
    const off = await startTestApp({
      config: {
        llm: testLlmSettings({ script }),
        features: { llmPlanning: false, dynamicInference: true, planMemory: true, recoveryLearning: true },
      },
      database: test.database,
    });
    try {
      const before = await calls();
      const request = 'Greet Ada well: read a.json, then write it to b.json';
      const { body } = await off.http('POST', `/api/v1/workflows/${workflowId}/plan`, { request });
      expect(body).toMatchObject({
        ...{ origin: 'rules', source: 'twin', reason: 'feature_off', costUsd: '0.000000000' },
        definition: { tasks: [{ taskType: 'file.read' }, { taskType: 'file.write' }] },
      });
      expect(body.diagnostics[0]).toMatchObject({
        code: 'fell_back',
        message:
          'Planned without a model (feature_off): The feature llm_planning is off (off_by_environment).',
      });
      expect(await calls()).toEqual(before);
    } finally {
      await off.close();
    }
  });
});

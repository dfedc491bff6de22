import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/test-app.js';

const task = (taskId: string, taskType: string, parameters: object) => ({ taskId, taskType, parameters });
const HOPELESS = {
  tasks: [
    task('transform', 'data.transform', { input: '{{ run.input }}', expression: '((' }),
    task('render', 'text.render', { template: '{% if %}' }),
    task('validate', 'data.validate', { data: 1, schema: { type: 'strng' } }),
    task('request', 'http.request', { url: 'ftp://x' }),
    task('read', 'file.read', { path: '../x' }),
    task('write', 'file.write', { path: '/etc/x', content: 1 }),
  ],
  inputSchema: { type: 'strng' },
};
const ISSUES = [
  'invalid_expression /tasks/0/parameters/expression',
  'template_failed /tasks/1/parameters/template',
  'invalid_schema /tasks/2/parameters/schema/type',
  'invalid_url /tasks/3/parameters/url',
  'path_not_allowed /tasks/4/parameters/path',
  'path_not_allowed /tasks/5/parameters/path',
  'invalid_schema /inputSchema/type',
];
const REFERRING = {
  tasks: [
    task('validate', 'data.validate', { data: 1, schema: { type: '{{ run.input.type }}' } }),
    task('request', 'http.request', { url: 'ftp://{{ run.input.host }}' }),
    task('read', 'file.read', { path: '../{{ run.input.name }}' }),
  ],
};

describe('what can never work', () => {
  let app: TestApp;
  let agentId: string;
  beforeAll(async () => {
    app = await startTestApp();
    agentId = (await app.http('POST', '/api/v1/agents', { name: 'all', capabilities: ['*'] })).body.id;
  });
  afterAll(() => app.close());

  const brief = (issues: readonly { code: string; pointer: string }[]) =>
    issues.map(({ code, pointer }) => `${code} ${pointer}`);

  it('is found all at once when a definition is checked, with every message a sentence', async () => {
    const { body } = await app.http('POST', '/api/v1/definitions/validate', HOPELESS);
    expect(brief(body.issues)).toEqual(ISSUES);
    for (const { message } of body.issues) expect(message).toMatch(/^[A-Z].*[^.]\.$/s);
  });

  it('is not looked for where references stand', async () => {
    const { body } = await app.http('POST', '/api/v1/definitions/validate', REFERRING);
    expect(body).toMatchObject({ valid: true, issues: [] });
  });

  it('is refused when a workflow is created or changed, and when a task is given to an agent', async () => {
    const created = await app.http('POST', '/api/v1/workflows', {
      name: 'w',
      ownerAgentId: agentId,
      definition: HOPELESS,
    });
    expect(created.status).toBe(422);
    expect(brief(created.body.errors)).toEqual(ISSUES.map((issue) => issue.replace(' ', ' /definition')));
    const { id } = (await app.http('POST', '/api/v1/workflows', { name: 'w', ownerAgentId: agentId })).body;
    const changed = await app.http('PUT', `/api/v1/workflows/${id}/definition`, HOPELESS);
    expect(brief(changed.body.errors)).toEqual(ISSUES);
    const given = await app.http('POST', `/api/v1/agents/${agentId}/tasks`, {
      taskType: 'http.request',
      parameters: { url: 'ftp://x' },
    });
    expect(given).toMatchObject({ status: 422, body: { code: 'invalid_task' } });
    expect(brief(given.body.errors)).toEqual(['invalid_url /parameters/url']);
  });

  it('says once what a timer needs', async () => {
    const given = await app.http('POST', `/api/v1/agents/${agentId}/tasks`, {
      taskType: 'timer.wait',
      parameters: {},
    });
    expect(given.body.errors).toMatchObject([
      { message: 'Give either "seconds" or "until", not both and not none.' },
    ]);
  });

  it('has had no effect when it is only found out in the run', async () => {
    const { body } = await app.http('POST', `/api/v1/agents/${agentId}/tasks?wait=20`, {
      taskType: 'data.transform',
      parameters: { input: 1, expression: '($f := function(){ $f() }; $f())' },
      timeoutSeconds: 0.5,
      retry: { maxAttempts: 1 },
    });
    const [failed] = (await app.http('GET', `/api/v1/tasks?runId=${body.id}`)).body.items;
    expect((await app.http('GET', `/api/v1/tasks/${failed.id}`)).body).toMatchObject({
      status: 'failed',
      effect: 'none',
      error: { code: 'attempt_timed_out', effect: 'none' },
    });
  });
});

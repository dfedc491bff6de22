import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AgentChangesService } from '../../src/agents/agent-changes.service.js';
import { createAgentSchema, SAMPLE_AGENT_ID } from '../../src/agents/agents.schemas.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const WORKFLOWS = '/api/v1/workflows';
const VALIDATE = '/api/v1/definitions/validate';
const UNKNOWN = '01920000-0000-7000-8000-00000000dead';

const wait = (taskId: string, ...dependencies: string[]) => ({
  taskId,
  taskType: 'timer.wait',
  parameters: { seconds: 0 },
  dependencies,
});
const CHAIN = { tasks: [wait('a'), wait('b', 'a')] };
const BROKEN = {
  tasks: [
    { taskId: 'a', taskType: 'timer.wiat', parameters: {} },
    { taskId: 'b', taskType: 'timer.wait', parameters: { seconds: 'soon' }, dependencies: ['nobody'] },
  ],
  colour: 'red',
};
const BROKEN_POINTERS = [
  ['/colour', 'unknown_field'],
  ['/tasks/0/taskType', 'unknown_task_type'],
  ['/tasks/1/dependencies/0', 'unknown_dependency'],
  ['/tasks/1/parameters/seconds', 'invalid_parameters'],
];

describe('workflows over HTTP', () => {
  let test: TestApp;
  let ownerAgentId: string;
  beforeAll(async () => {
    test = await startTestApp();
    ownerAgentId = (await test.http('POST', '/api/v1/agents', { name: 'owner', capabilities: ['timer.*'] }))
      .body.id;
  });
  afterAll(() => test.close());

  const create = async (fields: object = {}) =>
    (await test.http('POST', WORKFLOWS, { name: 'w', ownerAgentId, ...fields })).body;
  const pointersOf = (issues: readonly { pointer: string; code: string }[]) =>
    issues.map(({ pointer, code }) => [pointer, code]).sort();

  it('are created with an address and a version, and read back', async () => {
    const created = await test.http('POST', WORKFLOWS, { name: 'Chain', ownerAgentId, definition: CHAIN });
    expect(created.status).toBe(201);
    expect(created.body).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: 'Chain',
      description: '',
      ownerAgentId,
      status: 'active',
      definitionVersion: 1,
      settings: {
        budgetUsd: null,
        budgetPeriod: 'none',
        runBudgetUsd: null,
        onBudgetExhausted: 'twin',
        requireApprovedPlan: false,
      },
      createdAt: expect.stringMatching(/^20.*Z$/),
      updatedAt: created.body.createdAt,
    });
    const read = await test.http('GET', created.headers.get('location') as string);
    expect([read.status, read.body]).toEqual([200, created.body]);
    expect(read.headers.get('etag')).toBe(created.headers.get('etag'));
  });

  it.each([
    [{ name: 'x' }, '/ownerAgentId', 'required'],
    [{ name: 'x', ownerAgentId: 7 }, '/ownerAgentId', 'invalid_type'],
    [{ name: 'x', ownerAgentId: UNKNOWN, settings: { colour: 'red' } }, '/settings/colour', 'unknown_field'],
    [{ name: 'x', ownerAgentId: UNKNOWN, status: 'archived' }, '/status', 'unknown_field'],
    [{ name: '', ownerAgentId: UNKNOWN }, '/name', undefined],
  ])('are refused as %j', async (fields, pointer, code) => {
    const answer = await test.http('POST', WORKFLOWS, fields);
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toMatchObject([{ pointer, ...(code === undefined ? {} : { code }) }]);
  });

  it('are refused with an unknown owner', async () => {
    const answer = await test.http('POST', WORKFLOWS, {
      name: 'x',
      ownerAgentId: UNKNOWN,
      definition: CHAIN,
    });
    expect([answer.status, answer.body.code]).toEqual([422, 'unknown_agent']);
    expect(answer.body.errors).toMatchObject([{ pointer: '/ownerAgentId' }]);
  });

  it('are refused with a broken definition, all issues at once below /definition', async () => {
    const answer = await test.http('POST', WORKFLOWS, { name: 'x', ownerAgentId, definition: BROKEN });
    expect([answer.status, answer.body.code]).toEqual([422, 'invalid_definition']);
    const expected = BROKEN_POINTERS.map(([pointer, code]) => [`/definition${pointer}`, code]);
    expect(pointersOf(answer.body.errors)).toEqual(expected);
  });

  it('are listed in pages and by filter', async () => {
    const other = (await test.http('POST', '/api/v1/agents', { name: 'other' })).body.id as string;
    for (const name of ['a', 'b', 'c']) await create({ name, ownerAgentId: other });
    const list = async (query: string) =>
      (await test.http('GET', `${WORKFLOWS}?ownerAgentId=${other}&${query}`)).body;
    const first = await list('limit=2');
    const second = await list(`limit=2&cursor=${first.nextCursor}`);
    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect((await list('status=archived')).items).toEqual([]);
    expect((await test.http('GET', `${WORKFLOWS}?status=gone`)).status).toBe(400);
  });

  it('change by PATCH and know stale versions', async () => {
    const { id } = await create();
    const etag = (await test.http('GET', `${WORKFLOWS}/${id}`)).headers.get('etag') as string;
    const patch = (body: object) => test.http('PATCH', `${WORKFLOWS}/${id}`, body, { 'if-match': etag });
    const patched = await patch({ status: 'archived', name: 'old' });
    expect([patched.status, patched.body.status, patched.body.name]).toEqual([200, 'archived', 'old']);
    const stale = await patch({ status: 'active' });
    expect([stale.status, stale.body.code]).toEqual([412, 'stale']);
    expect((await test.http('PATCH', `${WORKFLOWS}/${id}`, { ownerAgentId })).body.errors[0].code).toBe(
      'unknown_field',
    );
  });

  it('are deleted', async () => {
    const { id } = await create({ definition: CHAIN });
    expect((await test.http('DELETE', `${WORKFLOWS}/${id}`)).status).toBe(204);
    const gone = await test.http('GET', `${WORKFLOWS}/${id}`);
    expect([gone.status, gone.body.code]).toEqual([404, 'workflow_not_found']);
  });

  describe('their definition', () => {
    const at = (id: string) => `${WORKFLOWS}/${id}/definition`;
    const version = async (id: string) =>
      (await test.http('GET', `${WORKFLOWS}/${id}`)).body.definitionVersion;

    it('is missing at first', async () => {
      const { id } = await create();
      const answer = await test.http('GET', at(id));
      expect([answer.status, answer.body.code]).toEqual([404, 'definition_not_found']);
    });

    it('is set, and counted up only when it changes', async () => {
      const { id } = await create();
      const put = await test.http('PUT', at(id), CHAIN);
      expect([put.status, put.body, await version(id)]).toEqual([200, CHAIN, 1]);
      const read = await test.http('GET', at(id));
      expect([read.body, read.headers.get('etag')]).toEqual([CHAIN, put.headers.get('etag')]);
      await test.http('PUT', at(id), CHAIN);
      expect(await version(id)).toBe(1);
      await test.http('PUT', at(id), { ...CHAIN, timeoutSeconds: 5 });
      expect(await version(id)).toBe(2);
    });

    it('is refused when broken, with pointers into the body', async () => {
      const { id } = await create({ definition: CHAIN });
      const answer = await test.http('PUT', at(id), BROKEN);
      expect([answer.status, answer.body.code]).toEqual([422, 'invalid_definition']);
      expect(pointersOf(answer.body.errors)).toEqual(BROKEN_POINTERS);
      expect((await test.http('GET', at(id))).body).toEqual(CHAIN);
    });

    it('is refused where no agent of the owner is capable', async () => {
      const { id } = await create();
      const answer = await test.http('PUT', at(id), {
        tasks: [{ taskId: 'r', taskType: 'file.read', parameters: { path: 'x' } }],
      });
      expect(answer.body.errors).toMatchObject([{ code: 'no_capable_agent' }]);
    });

    it('knows stale versions', async () => {
      const { id } = await create({ definition: CHAIN });
      const etag = (await test.http('GET', at(id))).headers.get('etag') as string;
      const put = (timeoutSeconds: number) =>
        test.http('PUT', at(id), { ...CHAIN, timeoutSeconds }, { 'if-match': etag });
      expect((await put(1)).status).toBe(200);
      expect((await put(2)).status).toBe(412);
      expect((await test.http('GET', at(id))).body.timeoutSeconds).toBe(1);
    });
  });

  describe('checking a definition', () => {
    it('reports all issues and no quote for a broken graph', async () => {
      const answer = await test.http('POST', VALIDATE, BROKEN);
      expect([answer.status, answer.body.valid, answer.body.quote]).toEqual([200, false, null]);
      expect(pointersOf(answer.body.issues)).toEqual(BROKEN_POINTERS);
      expect(answer.body.issues.every(({ severity }: { severity: string }) => severity === 'error')).toBe(
        true,
      );
    });

    it('quotes a valid one', async () => {
      const { body } = await test.http('POST', `${VALIDATE}?ownerAgentId=${ownerAgentId}`, CHAIN);
      expect(body).toMatchObject({
        valid: true,
        issues: [],
        quote: { tasks: 2, edges: 1, depth: 2, width: 1, criticalPath: ['a', 'b'], effects: ['none'] },
      });
    });

    it('checks capability only with an owner', async () => {
      const definition = { tasks: [{ taskId: 'r', taskType: 'file.read', parameters: { path: 'x' } }] };
      expect((await test.http('POST', VALIDATE, definition)).body.valid).toBe(true);
      const owned = await test.http('POST', `${VALIDATE}?ownerAgentId=${ownerAgentId}`, definition);
      expect(owned.body).toMatchObject({ valid: false, issues: [{ code: 'no_capable_agent' }] });
    });

    it.each(['null', '7', '"x"', '[]', '{}', '[{"tasks":[]}]'])('takes the JSON %s', async (json) => {
      const answer = await test.http('POST', VALIDATE, json);
      expect([answer.status, answer.body.valid, answer.body.quote]).toEqual([200, false, null]);
      expect(answer.body.issues.length).toBeGreaterThan(0);
    });

    it('refuses an unknown owner', async () => {
      const answer = await test.http('POST', `${VALIDATE}?ownerAgentId=${UNKNOWN}`, CHAIN);
      expect([answer.status, answer.body.code]).toEqual([422, 'unknown_agent']);
    });

    it('refuses one task too many', async () => {
      const tasks = Array.from({ length: 10_001 }, (_, at) => wait(`t${at}`));
      const { body } = await test.http('POST', VALIDATE, { tasks });
      expect(body.issues).toMatchObject([{ code: 'too_many_tasks' }]);
    });
  });

  it('show examples that work as sent', async () => {
    const agents = test.app.get(AgentChangesService);
    await agents.create(
      createAgentSchema.parse({ name: 'Sample owner', capabilities: ['*'] }),
      SAMPLE_AGENT_ID,
    );
    const { body: document } = await test.http('GET', '/docs-json');
    const example = (name: string) => document.components.schemas[name].example as object;
    const created = await test.http('POST', WORKFLOWS, example('CreateWorkflow'));
    expect(created.status).toBe(201);
    const path = document.paths['/api/v1/definitions/validate'].post;
    const definition = path.requestBody.content['application/json'].schema.example as object;
    const answers = await Promise.all([
      test.http('POST', '/api/v1/agents', example('CreateAgent')),
      test.http('POST', `/api/v1/agents/${SAMPLE_AGENT_ID}/children`, example('CreateChildAgent')),
      test.http('PATCH', `/api/v1/agents/${SAMPLE_AGENT_ID}`, example('PatchAgent')),
      test.http('PATCH', `${WORKFLOWS}/${created.body.id}`, example('PatchWorkflow')),
      test.http('PUT', `${WORKFLOWS}/${created.body.id}/definition`, definition),
      test.http('POST', VALIDATE, definition),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 200, 200, 200, 200]);
    expect(answers.at(-1)?.body).toMatchObject({ valid: true, issues: [] });
  });
});

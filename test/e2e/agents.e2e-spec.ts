import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/common/ids.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const AGENTS = '/api/v1/agents';
const UNKNOWN = '01920000-0000-7000-8000-00000000dead';

describe('agents over HTTP', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());

  const create = async (fields: object = {}) =>
    (await test.http('POST', AGENTS, { name: 'worker', ...fields })).body;
  const get = (id: string) => test.http('GET', `${AGENTS}/${id}`);

  it('are created with an address and a version, and read back', async () => {
    const created = await test.http('POST', AGENTS, {
      name: 'Licence auditor',
      description: 'Checks licences.',
      capabilities: ['file.read', 'http.*'],
      maxConcurrentTasks: 3,
      llmConfig: { provider: 'openai', temperature: 0.5 },
    });
    expect(created.status).toBe(201);
    expect(created.body).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: 'Licence auditor',
      description: 'Checks licences.',
      capabilities: ['file.read', 'http.*'],
      parentAgentId: null,
      childAgentIds: [],
      status: 'active',
      maxConcurrentTasks: 3,
      llmConfig: { provider: 'openai', temperature: 0.5 },
      intelligenceLevel: 'basic',
      executionMode: 'strict',
      llmCallsCount: 0,
      llmCostSpent: '0.000000000',
      createdAt: expect.stringMatching(/^20.*Z$/),
      updatedAt: created.body.createdAt,
    });
    const read = await test.http('GET', created.headers.get('location') as string);
    expect([read.status, read.body]).toEqual([200, created.body]);
    expect(read.headers.get('etag')).toBe(created.headers.get('etag'));
  });

  it.each([
    [{}, '/name', 'required'],
    [{ name: ' ' }, '/name', undefined],
    [{ name: 'x'.repeat(201) }, '/name', 'too_big'],
    [{ name: 7 }, '/name', 'invalid_type'],
    [{ name: 'x', capabilities: ['Http'] }, '/capabilities/0', undefined],
    [{ name: 'x', capabilities: ['a.b', 'a.b'] }, '/capabilities', 'invalid_value'],
    [
      { name: 'x', capabilities: Array.from({ length: 101 }, (_, at) => `a.b${at}`) },
      '/capabilities',
      'too_big',
    ],
    [{ name: 'x', status: 'gone' }, '/status', 'invalid_value'],
    [{ name: 'x', parentAgentId: 'root' }, '/parentAgentId', undefined],
    [{ name: 'x', llmConfig: { topP: 1 } }, '/llmConfig/topP', 'unknown_field'],
    [{ name: 'x', llmConfig: { temperature: 3 } }, '/llmConfig/temperature', 'too_big'],
    [{ name: 'x', llmCallsCount: 0 }, '/llmCallsCount', 'unknown_field'],
    [{ name: 'x', maxConcurrentTasks: 0 }, '/maxConcurrentTasks', 'too_small'],
    [{ name: 'x', maxConcurrentTasks: 1.5 }, '/maxConcurrentTasks', 'invalid_type'],
    [{ name: 'x', maxConcurrentTasks: '3' }, '/maxConcurrentTasks', 'invalid_type'],
    [{ name: 'x', childAgentIds: [] }, '/childAgentIds', 'unknown_field'],
  ])('are refused as %j', async (fields, pointer, code) => {
    const answer = await test.http('POST', AGENTS, fields);
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid_request']);
    expect(answer.body.errors).toMatchObject([{ pointer, ...(code === undefined ? {} : { code }) }]);
  });

  it('are created once for one idempotency key', async () => {
    const key = { 'idempotency-key': newId() };
    const [first, second] = [
      await test.http('POST', AGENTS, { name: 'once' }, key),
      await test.http('POST', AGENTS, { name: 'once' }, key),
    ];
    expect([second.status, second.body]).toEqual([201, first.body]);
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
    expect((await test.http('GET', `${AGENTS}?name=once`)).body.items).toHaveLength(1);
  });

  it('are unknown without one, whatever the method', async () => {
    const answers = await Promise.all([
      get(UNKNOWN),
      get('x'),
      test.http('PATCH', `${AGENTS}/${UNKNOWN}`, {}),
      test.http('DELETE', `${AGENTS}/${UNKNOWN}`),
      test.http('GET', `${AGENTS}/${UNKNOWN}/hierarchy`),
      test.http('POST', `${AGENTS}/${UNKNOWN}/children`, { name: 'x' }),
    ]);
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
      answers.map(() => [404, 'agent_not_found']),
    );
  });

  it('are listed in pages and by filter', async () => {
    const parent = await create({ name: 'page parent' });
    const names = ['a', 'b', 'c'];
    for (const name of names) await create({ name, parentAgentId: parent.id, capabilities: [`${name}.x`] });
    const list = async (query: string) =>
      (await test.http('GET', `${AGENTS}?parentAgentId=${parent.id}&${query}`)).body;
    const first = await list('limit=2');
    const second = await list(`limit=2&cursor=${first.nextCursor}`);
    expect([...first.items, ...second.items].map((agent) => agent.name)).toEqual(names);
    expect(second.nextCursor).toBeNull();
    expect((await list('capability=b.x')).items).toMatchObject([{ name: 'b', childAgentIds: [] }]);
    expect((await list('status=paused')).items).toEqual([]);
  });

  it.each([
    'limit=0',
    'limit=201',
    'cursor=nonsense',
    'status=gone',
    'capability=A',
    'colour=red',
    'parentAgentId=x',
  ])('are not listed with %s', async (query) =>
    expect((await test.http('GET', `${AGENTS}?${query}`)).status).toBe(400),
  );

  it('change by PATCH and know stale versions', async () => {
    const agent = await create({ capabilities: ['a.b'] });
    const etag = (await get(agent.id)).headers.get('etag') as string;
    const patch = (body: object) => test.http('PATCH', `${AGENTS}/${agent.id}`, body, { 'if-match': etag });
    const patched = await patch({ status: 'paused', llmConfig: { model: 'm' } });
    expect([patched.status, patched.body.status, patched.body.capabilities]).toEqual([
      200,
      'paused',
      ['a.b'],
    ]);
    const stale = await patch({ status: 'active' });
    expect([stale.status, stale.body.code]).toEqual([412, 'stale']);
    const deleted = await test.http('DELETE', `${AGENTS}/${agent.id}`, undefined, { 'if-match': etag });
    expect(deleted.status).toBe(412);
  });

  it('keep their version when a child is added', async () => {
    const agent = await create();
    const before = (await get(agent.id)).headers.get('etag');
    const child = (await test.http('POST', `${AGENTS}/${agent.id}/children`, { name: 'child' })).body;
    const after = await get(agent.id);
    expect([after.headers.get('etag'), after.body.childAgentIds]).toEqual([before, [child.id]]);
  });

  it('spawn children with the capabilities of their parent', async () => {
    const agent = await create({ capabilities: ['http.*'] });
    const spawned = await test.http('POST', `${AGENTS}/${agent.id}/children`, { name: 'child' });
    expect(spawned.status).toBe(201);
    expect(spawned.body).toMatchObject({
      parentAgentId: agent.id,
      capabilities: ['http.*'],
      status: 'active',
    });
    expect(spawned.headers.get('location')).toBe(`${AGENTS}/${spawned.body.id}`);
    await test.http('PATCH', `${AGENTS}/${agent.id}`, { status: 'retired' });
    const refused = await test.http('POST', `${AGENTS}/${agent.id}/children`, { name: 'late' });
    expect([refused.status, refused.body.code]).toEqual([409, 'parent_retired']);
  });

  it('are not moved below themselves or below nobody', async () => {
    const top = await create();
    const below = await create({ parentAgentId: top.id });
    const move = (parentAgentId: string) => test.http('PATCH', `${AGENTS}/${top.id}`, { parentAgentId });
    const [cycle, unknown] = [await move(below.id), await move(UNKNOWN)];
    expect([cycle.status, cycle.body.code, cycle.body.errors[0].pointer]).toEqual([
      422,
      'hierarchy_cycle',
      '/parentAgentId',
    ]);
    expect([unknown.status, unknown.body.code]).toEqual([422, 'unknown_agent']);
  });

  it('show the tree below', async () => {
    const top = await create({ name: 'top' });
    const left = await create({ name: 'left', parentAgentId: top.id });
    await create({ name: 'right', parentAgentId: top.id, status: 'paused' });
    await create({ name: 'leaf', parentAgentId: left.id });
    const { body } = await test.http('GET', `${AGENTS}/${top.id}/hierarchy`);
    expect(body).toMatchObject({
      agents: 4,
      truncated: false,
      root: {
        name: 'top',
        depth: 0,
        liveTasks: 0,
        childCount: 2,
        children: [
          { name: 'left', depth: 1, children: [{ name: 'leaf', parentAgentId: left.id, children: [] }] },
          { name: 'right', status: 'paused', children: [] },
        ],
      },
    });
  });

  it('show a deep tree cut at 100 levels', async () => {
    const ids = Array.from({ length: 120 }, () => newId());
    await test.database.query(
      `insert into agents (id, name, parent_agent_id)
       select id, 'chain', lag(id) over (order by at) from unnest($1::uuid[]) with ordinality as chain (id, at)`,
      [ids],
    );
    const { body } = await test.http('GET', `${AGENTS}/${ids[0]}/hierarchy`);
    expect([body.agents, body.truncated]).toEqual([100, true]);
  });

  it('show a wide tree cut at 1,000 agents', async () => {
    const top = await create();
    await test.database.query(
      `insert into agents (id, name, parent_agent_id)
       select gen_random_uuid(), 'many', $1 from generate_series(1, 1500)`,
      [top.id],
    );
    const { body } = await test.http('GET', `${AGENTS}/${top.id}/hierarchy`);
    expect([body.agents, body.truncated, body.root.childCount]).toEqual([1_000, true, 1_500]);
  });

  it('are deleted only when nothing depends on them', async () => {
    const agent = await create();
    const child = await create({ parentAgentId: agent.id });
    const workflow = await test.http('POST', '/api/v1/workflows', { name: 'w', ownerAgentId: agent.id });
    const refused = await test.http('DELETE', `${AGENTS}/${agent.id}`);
    expect([refused.status, refused.body.code]).toEqual([409, 'agent_in_use']);
    expect(refused.body.detail).toContain('1 child agent, 1 workflow it owns');
    await test.http('DELETE', `${AGENTS}/${child.id}`);
    await test.http('DELETE', `/api/v1/workflows/${workflow.body.id}`);
    const deleted = await test.http('DELETE', `${AGENTS}/${agent.id}`);
    expect([deleted.status, deleted.body]).toEqual([204, undefined]);
    expect((await get(agent.id)).status).toBe(404);
  });
});

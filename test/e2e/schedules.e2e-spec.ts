import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestAnswer, type TestApp } from '../support/test-app.js';

const UNKNOWN = '01920000-0000-7000-8000-00000000dead';

let test: TestApp;
let workflowId: string;
let path: string;
beforeAll(async () => {
  test = await startTestApp({ config: { role: 'api' } });
  const { body: agent } = await test.http('POST', '/api/v1/agents', { name: 'owner' });
  workflowId = await workflow(agent.id as string);
  path = `/api/v1/workflows/${workflowId}/schedules`;
});
afterAll(() => test.close());

/** Without a definition: whether it can start is a question of each fire. */
const workflow = async (ownerAgentId: string): Promise<string> =>
  (await test.http('POST', '/api/v1/workflows', { name: 'w', ownerAgentId })).body.id as string;
const create = (body: unknown, headers = {}): Promise<TestAnswer> => test.http('POST', path, body, headers);

describe('schedules over HTTP', () => {
  it('are created with an address, in UTC unless a zone is given', async () => {
    const created = await create({ cron: '0 9 * * *' });
    expect(created.status).toBe(201);
    expect(created.body).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      workflowId,
      name: null,
      cron: '0 9 * * *',
      timeZone: 'UTC',
      input: null,
      nextFireAt: expect.stringMatching(/T09:00:00\.000Z$/),
      lastFireAt: null,
      lastRunId: null,
      lastError: null,
      createdAt: expect.stringMatching(/^20.*Z$/),
    });
    const read = await test.http('GET', created.headers.get('location') as string);
    expect([read.status, read.body]).toEqual([200, created.body]);
  });

  it('keep what they are given', async () => {
    const fields = {
      cron: '*/5 8-18 * * mon-fri',
      timeZone: 'Asia/Kathmandu',
      name: 'Ofen',
      input: [1, { a: null }],
    };
    const { body } = await create(fields);
    expect(body).toMatchObject(fields);
    expect((await test.http('GET', `/api/v1/schedules/${body.id}`)).body).toEqual(body);
  });

  it('are created as the example of the documentation says', async () => {
    const { body: document } = await test.http('GET', '/docs-json');
    const { example } = document.components.schemas.CreateSchedule;
    expect(await create(example)).toMatchObject({ status: 201, body: example });
  });

  it.each([
    [{ cron: '0 0 9 * * *' }, ['invalid_cron /cron']],
    [{ cron: '0 25 * * *' }, ['invalid_cron /cron']],
    [{ cron: '0 0 30 2 *' }, ['invalid_cron /cron']],
    [{ cron: '' }, ['invalid_cron /cron']],
    [{ cron: '@daily' }, ['invalid_cron /cron']],
    [{ cron: '0 0 L * *' }, ['invalid_cron /cron']],
    [{ cron: '0 9 * * *', timeZone: '+02:00' }, ['invalid_time_zone /timeZone']],
    [{ cron: '0 9 * * *', timeZone: '' }, ['invalid_time_zone /timeZone']],
    [{ cron: '0 9 * * *', timeZone: 'Berlin' }, ['invalid_time_zone /timeZone']],
    [{ cron: 'daily', timeZone: 'Berlin' }, ['invalid_cron /cron', 'invalid_time_zone /timeZone']],
  ])('are refused as %j with every issue', async (fields, issues) => {
    const { status, body } = await create(fields);
    expect([status, body.code]).toEqual([422, 'invalid_schedule']);
    const found = body.errors.map(({ code, pointer }: Record<string, string>) => `${code} ${pointer}`);
    expect(found).toEqual(issues);
  });

  it.each([
    [{}, '/cron', 'required'],
    [{ cron: 5 }, '/cron', 'invalid_type'],
    [{ cron: '0 9 * * *', every: 'day' }, '/every', 'unknown_field'],
    [{ cron: '0 9 * * *', name: ' ' }, '/name', 'invalid_format'],
    [{ cron: '0 9 * * *', timeZone: null }, '/timeZone', 'invalid_type'],
  ])('are malformed as %j', async (fields, pointer, code) => {
    const { status, body } = await create(fields);
    expect([status, body.code]).toEqual([400, 'invalid_request']);
    expect(body.errors).toMatchObject([{ pointer, code }]);
  });

  it('are created once for one idempotency key', async () => {
    const key = { 'idempotency-key': 'k' };
    const first = await create({ cron: '0 9 * * *' }, key);
    const again = await create({ cron: '0 9 * * *' }, key);
    expect([again.status, again.body, again.headers.get('location')]).toEqual([
      201,
      first.body,
      first.headers.get('location'),
    ]);
  });

  it('belong to a workflow', async () => {
    for (const id of [UNKNOWN, 'none']) {
      const address = `/api/v1/workflows/${id}/schedules`;
      expect((await test.http('POST', address, { cron: '0 9 * * *' })).body.code).toBe('workflow_not_found');
      expect((await test.http('GET', address)).body.code).toBe('workflow_not_found');
    }
    const { body } = await test.http('POST', `/api/v1/workflows/${UNKNOWN}/schedules`, { cron: 'x' });
    expect(body.status).toBe(404);
  });

  it('are gone once deleted', async () => {
    const { body } = await create({ cron: '0 9 * * *' });
    const address = `/api/v1/schedules/${body.id}`;
    expect((await test.http('DELETE', address)).status).toBe(204);
    for (const gone of [address, `/api/v1/schedules/${UNKNOWN}`, '/api/v1/schedules/none'])
      for (const method of ['GET', 'DELETE'])
        expect(await test.http(method, gone)).toMatchObject({
          status: 404,
          body: { code: 'schedule_not_found' },
        });
  });
});

describe('the list of the schedules of a workflow', () => {
  it('comes in pages, oldest first, with cursors of its own', async () => {
    const { body: agent } = await test.http('POST', '/api/v1/agents', { name: 'other' });
    const ids = [await workflow(agent.id as string), await workflow(agent.id as string)];
    const [one, two] = ids.map((id) => `/api/v1/workflows/${id}/schedules`) as [string, string];
    const made: string[] = [];
    for (const address of [one, two, one, one])
      made.push((await test.http('POST', address, { cron: '0 9 * * *' })).body.id as string);
    const idsOf = ({ body }: TestAnswer): string[] => body.items.map(({ id }: { id: string }) => id);
    const first = await test.http('GET', `${one}?limit=2`);
    expect(idsOf(first)).toEqual([made[0], made[2]]);
    const cursor = String(first.body.nextCursor);
    const second = await test.http('GET', `${one}?limit=2&cursor=${cursor}`);
    expect([idsOf(second), second.body.nextCursor]).toEqual([[made[3]], null]);
    expect(idsOf(await test.http('GET', two))).toEqual([made[1]]);
    expect((await test.http('GET', `${two}?cursor=${cursor}`)).body.code).toBe('invalid_cursor');
  });
});

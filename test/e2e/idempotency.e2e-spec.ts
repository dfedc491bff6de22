import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EDGE_TABLE, EdgeModule, Gate } from '../support/edge.module.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let test: TestApp;
const THINGS = '/api/v1/edge/things';
const post = (key: string, body: unknown, path = THINGS) =>
  test.http('POST', path, body, { 'idempotency-key': key });

async function count(name: string): Promise<number> {
  const rows = await test.database.query<{ n: string }>(
    'select count(*) as n from edge_things where name = $1',
    [name],
  );
  return Number(rows[0]?.n);
}

beforeAll(async () => {
  test = await startTestApp({ modules: [EdgeModule] });
  await test.database.query(EDGE_TABLE);
});
afterAll(() => test.close());
beforeEach(() => test.app.get(Gate).close());

describe('Idempotency-Key', () => {
  it('gives a repetition the same status, location and body, and has one effect', async () => {
    const first = await post('same', { name: 'same', colour: 'green' });
    const second = await post('same', { colour: 'green', name: 'same' });
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect([second.status, second.headers.get('location')]).toEqual([201, first.headers.get('location')]);
    expect(second.headers.get('location')).toContain(first.body.id);
    expect(JSON.stringify(second.body)).toBe(JSON.stringify(first.body));
    expect(await count('same')).toBe(1);
  });

  it('without a key every request has its effect', async () => {
    await test.http('POST', THINGS, { name: 'plain' });
    await test.http('POST', THINGS, { name: 'plain' });
    expect(await count('plain')).toBe(2);
  });

  it('with another body is refused', async () => {
    await post('reused', { name: 'reused' });
    const other = await post('reused', { name: 'other' });
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused']);
    expect(await count('other')).toBe(0);
  });

  it('means a request of its own on another path or query', async () => {
    await post('per-path', { note: 'a' }, '/api/v1/edge/actions/one');
    const otherPath = await post('per-path', { note: 'b' }, '/api/v1/edge/actions/two');
    const otherQuery = await post('per-path', { note: 'c' }, '/api/v1/edge/actions/one?x=1');
    expect([otherPath.status, otherQuery.status]).toEqual([202, 202]);
  });

  it('does not care how long the caller waits', async () => {
    await post('waits', { note: 'a' }, '/api/v1/edge/actions/one?wait=5');
    const again = await post('waits', { note: 'a' }, '/api/v1/edge/actions/one?wait=60');
    expect(again.headers.get('idempotent-replayed')).toBe('true');
  });

  it('still in flight is refused at once, then replayed', async () => {
    const gate = test.app.get(Gate);
    const first = post('flying', { name: 'flying', then: 'wait' });
    await gate.arrived.promise;
    const meanwhile = await post('flying', { name: 'flying', then: 'wait' });
    expect([meanwhile.status, meanwhile.body.code]).toEqual([409, 'idempotency_in_flight']);
    gate.released.resolve();
    expect((await first).status).toBe(201);
    const later = await post('flying', { name: 'flying', then: 'wait' });
    expect([later.status, later.body.id]).toEqual([201, (await first).body.id]);
    expect(await count('flying')).toBe(1);
  });

  it('lets one of many concurrent requests through', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => post('crowd', { name: 'crowd' })));
    const ids = new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body.id));
    expect(ids.size).toBe(1);
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect(await count('crowd')).toBe(1);
  });

  it.each([
    ['fail', 422],
    ['break', 500],
  ] as const)('keeps nothing of a request that ends in %s', async (then, status) => {
    const failed = await post(`after-${then}`, { name: then, then });
    expect(failed.status).toBe(status);
    expect(await count(then)).toBe(0);
    const next = await post(`after-${then}`, { name: then });
    expect([next.status, next.headers.get('idempotent-replayed')]).toEqual([201, null]);
  });

  it('keeps nothing of a request that is malformed', async () => {
    expect((await post('malformed', { nam: 'x' })).status).toBe(400);
    expect((await post('malformed', { name: 'x' })).status).toBe(201);
  });

  it.each(['', 'a'.repeat(256), 'caf\u00e9'])('refuses the key %j', async (key) => {
    const answer = await post(key, { name: 'badkey' });
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid_idempotency_key']);
    expect(await count('badkey')).toBe(0);
  });

  it('is settled before an interceptor for after the commit works on the answer', async () => {
    await test.database.query('truncate idempotency_keys');
    const { headers } = await post('commits', { note: 'a' }, '/api/v1/edge/actions/one');
    expect([headers.get('x-kept'), headers.get('x-in-transaction')]).toEqual(['1', 'false']);
  });

  it('is forgotten after 24 hours, and answers older than that are purged', async () => {
    await test.database.query('truncate idempotency_keys');
    await post('old', { name: 'old' });
    await test.database.query(
      `update idempotency_keys set created_at = now() - interval '24 hours 1 second'`,
    );
    await test.database.query(
      `insert into idempotency_keys (scope, body_hash, status, created_at)
       select 'stale-' || n, '', 201, now() - interval '2 days' from generate_series(1, 3) n`,
    );
    expect((await post('old', { name: 'other' })).status).toBe(201);
    const [left] = await test.database.query<{ n: number }>(
      'select count(*)::int as n from idempotency_keys',
    );
    expect(left?.n).toBe(2);
  });
});

describe('Idempotency-Key of a route whose work leaves the process', () => {
  const ask = (key: string, body: unknown) => post(key, body, '/api/v1/edge/asked-things');

  it('holds no transaction while it works, has one effect and gives the same answer', async () => {
    const first = await ask('asked', { name: 'asked' });
    const second = await ask('asked', { name: 'asked' });
    expect([first.status, first.headers.get('x-in-transaction')]).toEqual([201, 'false']);
    expect([second.status, second.headers.get('idempotent-replayed')]).toEqual([201, 'true']);
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
    expect([second.body, await count('asked')]).toEqual([first.body, 1]);
    expect((await ask('asked', { name: 'other' })).body.code).toBe('idempotency_key_reused');
  });

  it('still in flight is refused, another body too', async () => {
    const gate = test.app.get(Gate);
    const first = ask('asking', { name: 'asking', then: 'wait' });
    await gate.arrived.promise;
    const meanwhile = await ask('asking', { name: 'asking', then: 'wait' });
    expect([meanwhile.status, meanwhile.body.code]).toEqual([409, 'idempotency_in_flight']);
    expect((await ask('asking', { name: 'else' })).body.code).toBe('idempotency_key_reused');
    gate.released.resolve();
    expect((await first).status).toBe(201);
    expect((await ask('asking', { name: 'asking', then: 'wait' })).body).toEqual((await first).body);
  });

  it.each([
    ['fail', 422],
    ['break', 500],
  ] as const)('keeps nothing of a request that ends in %s', async (then, status) => {
    expect((await ask(`asked-${then}`, { name: then, then })).status).toBe(status);
    expect((await ask(`asked-${then}`, { name: then })).status).toBe(201);
  });

  it('is done again when the claim of a process that died has run out', async () => {
    const gate = test.app.get(Gate);
    const lost = ask('dead', { name: 'dead', then: 'wait' });
    await gate.arrived.promise;
    await test.database.query(
      `update idempotency_keys set claimed_until = now() where claimed_until is not null`,
    );
    const again = await ask('dead', { name: 'dead' });
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([201, null]);
    gate.released.resolve();
    await lost;
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiKeys } from '../../src/access/keys/api-keys.service.js';
import { SCOPES } from '../../src/access/domain/scopes.js';
import { eventually } from '../support/eventually.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

interface Operation {
  readonly operationId: string;
  readonly 'x-scope': string;
  readonly security?: readonly object[];
  readonly responses: Readonly<Record<string, unknown>>;
}

interface Route extends Operation {
  readonly method: string;
  readonly path: string;
}

const ID = '0190a6c4-0000-7000-8000-000000000001';
const WRONG = 'f'.repeat(64);
const access = { mode: 'api-key', pepper: 'p'.repeat(32), requestsPerMinute: 0, corsOrigins: [] } as const;

let test: TestApp;
let keys: ApiKeys;
let routes: readonly Route[];
/** With every scope. */
let admin: string;

beforeAll(async () => {
  test = await startTestApp({ config: { access } });
  keys = test.app.get(ApiKeys);
  admin = await made(['*']);
  const { body } = await test.http('GET', '/docs-json');
  const paths = Object.entries(body.paths as Record<string, Record<string, Operation>>);
  routes = paths.flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      ...{ ...operation, method: method.toUpperCase() },
      path: path.replaceAll(/\{[^}]+\}/g, ID),
    })),
  );
});
afterAll(() => test.close());

async function made(scopes: readonly string[], expiresAt: Date | null = null): Promise<string> {
  return (await keys.create({ name: 'test', scopes, expiresAt }, 'test')).key;
}

const ask = (method: string, path: string, key?: string, body?: unknown) =>
  test.http(method, path, body, key === undefined ? {} : { authorization: `Bearer ${key}` });

const closed = () => routes.filter((route) => route['x-scope'] !== 'public');

describe('every route', () => {
  it('is public or says what it needs', () => {
    expect(routes.length).toBeGreaterThan(80);
    const open = routes.filter((route) => route['x-scope'] === 'public').map(({ path }) => path);
    expect(open.sort()).toEqual(['/health/live', '/health/ready', '/health/startup']);
    for (const { security, responses, operationId } of closed())
      expect([operationId, security, Object.keys(responses)]).toEqual([
        operationId,
        [{ apiKey: [] }],
        expect.arrayContaining(['401', '403', '429']),
      ]);
  });

  it('is answered 401 without a key', async () => {
    for (const { method, path } of closed()) {
      const { status, body, headers } = await ask(method, path);
      expect([method, path, status, body.code]).toEqual([method, path, 401, 'credentials_missing']);
      expect(headers.get('www-authenticate')).toBe('Bearer realm="tandem"');
    }
  });

  it('is answered 401 with a key that is none, unknown, wrong, expired or revoked', async () => {
    const [, id] = admin.split('_');
    const expired = await made(['*'], new Date(Date.now() - 1_000));
    const revoked = await made(['*']);
    await keys.revoke(revoked.split('_')[1] ?? '');
    const bad: Readonly<Record<string, string>> = {
      nonsense: 'credentials_malformed',
      [`${admin}0`]: 'credentials_malformed',
      [`tdm_aaaaaaaaaaaa_${WRONG}`]: 'credentials_unknown',
      [`tdm_${id}_${WRONG}`]: 'credentials_unknown',
      [expired]: 'credentials_expired',
      [revoked]: 'credentials_unknown',
    };
    for (const { method, path } of closed())
      for (const [key, code] of Object.entries(bad)) {
        const { status, body } = await ask(method, path, key);
        expect([method, path, status, body.code]).toEqual([method, path, 401, code]);
      }
  });

  it('is answered 403 with a key for everything else', async () => {
    const others = new Map<string, string>();
    for (const { method, path, 'x-scope': scope } of closed()) {
      const rest = SCOPES.filter((each) => each !== scope && each !== 'public');
      const key = others.get(scope) ?? (await made(rest));
      others.set(scope, key);
      const { status, body } = await ask(method, path, key);
      expect([method, path, status, body.code]).toEqual([method, path, 403, 'scope_missing']);
      expect(body.detail).toContain(scope);
    }
  });

  it('that only reads is answered to a key that reads everything', async () => {
    const reader = await made(['*:read']);
    const reads = closed().filter(({ 'x-scope': scope }) => scope.endsWith(':read'));
    // Live events go on; a run that is not there ends them.
    for (const { method, path } of reads) {
      const { status } = await ask(method, path, reader);
      expect([401, 403]).not.toContain(status);
    }
  });
});

describe('a key', () => {
  it('is taken whatever the case of its scheme, and not from elsewhere', async () => {
    const get = (headers: Record<string, string>, query = '') =>
      test.http('GET', `/api/v1/agents${query}`, undefined, headers);
    expect((await get({ authorization: `bearer ${admin}` })).status).toBe(200);
    for (const headers of [
      { 'x-api-key': admin },
      { authorization: `Basic ${admin}` },
      { authorization: admin },
    ])
      expect((await get(headers as unknown as Record<string, string>)).status).toBe(401);
    expect((await get({}, `?api_key=${admin}`)).status).toBe(401);
  });

  it('works beside the one that takes its place, as long as they overlap', async () => {
    const old = await made(['agents:read']);
    const id = old.split('_')[1] ?? '';
    const { key: fresh } = await keys.rotate(id, 3_600_000, 'test');
    expect((await ask('GET', '/api/v1/agents', old)).status).toBe(200);
    expect((await ask('GET', '/api/v1/agents', fresh)).status).toBe(200);
    const { key: last } = await keys.rotate(fresh.split('_')[1] ?? '', 0, 'test');
    await eventually(
      async () => (await ask('GET', '/api/v1/agents', fresh)).body.code === 'credentials_expired',
    );
    expect((await ask('GET', '/api/v1/agents', last)).status).toBe(200);
    expect((await ask('POST', '/api/v1/agents', last, {})).status).toBe(403);
  });

  it('that is revoked ends within a second, in other processes too', async () => {
    const other = await startTestApp({ config: { access }, database: test.database });
    const key = await made(['agents:read']);
    const inOther = () => other.http('GET', '/api/v1/agents', undefined, { authorization: `Bearer ${key}` });
    expect((await inOther()).status).toBe(200);
    await keys.revoke(key.split('_')[1] ?? '');
    await eventually(async () => (await inOther()).status === 401);
    await other.close();
  });

  it('is kept as a digest, with when it was used', async () => {
    const key = await made(['agents:read']);
    const [, id = '', secret = ''] = key.split('_');
    await ask('GET', '/api/v1/agents', key);
    const row = await eventually(async () => {
      const rows = await test.database.query('select * from api_keys where id = $1', [id]);
      return rows[0]?.['last_used_at'] === null ? null : rows[0];
    });
    expect(JSON.stringify(row)).not.toContain(secret);
    expect((row['digest'] as Buffer).length).toBe(32);
  });

  it('cannot be made with scopes that no route has', async () => {
    await expect(made(['agents:read', 'agent:write'])).rejects.toMatchObject({ code: 'unknown_scope' });
    await expect(made([])).rejects.toMatchObject({ code: 'unknown_scope' });
    await expect(keys.rotate('aaaaaaaaaaaa', 0, 'test')).rejects.toMatchObject({ code: 'api_key_not_found' });
  });

  it('is only made for the start of a deployment that has none', async () => {
    expect(await keys.bootstrap()).toBeNull();
    const fresh = await startTestApp({ config: { access } });
    const mine = fresh.app.get(ApiKeys);
    const made = (await Promise.all([mine.bootstrap(), mine.bootstrap(), mine.bootstrap()])).filter(Boolean);
    expect(made).toHaveLength(1);
    const { status } = await fresh.http('GET', '/api/v1/agents', undefined, {
      authorization: `Bearer ${made[0]?.key}`,
    });
    expect(status).toBe(200);
    await fresh.close();
  });
});

describe('the audit log', () => {
  it('says who asked for a change, before it is made, and how it ended', async () => {
    const writer = await made(['features:write', 'agents:read']);
    const caller = `key:${writer.split('_')[1]}`;
    await ask('GET', '/api/v1/agents', writer);
    await ask('PUT', '/api/v1/features/plan_memory', writer, { enabled: false });
    await ask('PUT', '/api/v1/features/magic?', writer, { enabled: false });
    const items = await eventually(async () => {
      const { body } = await ask('GET', `/api/v1/audit-log?caller=${caller}`, admin);
      const done = body.items.every(({ status }: { status: number | null }) => status !== null);
      return done ? (body.items as Record<string, unknown>[]) : null;
    });
    expect(items).toMatchObject([
      { caller, method: 'PUT', path: '/api/v1/features/magic', status: 404 },
      { caller, operation: 'FeaturesController.put', path: '/api/v1/features/plan_memory', status: 200 },
    ]);
    const { body } = await ask('GET', '/api/v1/features/plan_memory', admin);
    expect(body.changedBy).toBe(caller);
  });

  it('keeps what it says', async () => {
    for (const statement of [
      'delete from audit_log',
      `update audit_log set caller = 'nobody'`,
      'update audit_log set status = 500',
      `update audit_log set status = null`,
    ])
      await expect(test.database.query(statement)).rejects.toThrow('never changed or deleted');
  });
});

describe('who asks too often', () => {
  let busy: TestApp;
  beforeAll(async () => {
    busy = await startTestApp({ config: { access: { ...access, requestsPerMinute: 5 } } });
  });
  afterAll(() => busy.close());

  it('is told when to ask again; others are answered', async () => {
    const mine = busy.app.get(ApiKeys);
    const [one = '', two = ''] = await Promise.all(
      ['one', 'two'].map(
        async (name) => (await mine.create({ name, scopes: ['*'], expiresAt: null }, 'test')).key,
      ),
    );
    const get = (path: string, key?: string) =>
      busy.http('GET', path, undefined, key === undefined ? {} : { authorization: `Bearer ${key}` });
    const answers = [];
    for (let count = 0; count < 6; count += 1)
      answers.push(await get(count % 2 === 0 ? '/api/v1/agents' : '/api/v1/runs', one));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
    expect(answers[0]?.headers.get('ratelimit-limit')).toBe('5');
    expect(answers[4]?.headers.get('ratelimit-remaining')).toBe('0');
    expect(answers[5]?.body).toMatchObject({ code: 'too_many_requests', status: 429 });
    expect(Number(answers[5]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await get('/api/v1/agents', two)).status).toBe(200);

    const tries = [];
    for (let count = 0; count < 6; count += 1)
      tries.push((await get('/api/v1/agents', `wrong${count}`)).status);
    expect(tries).toEqual([401, 401, 401, 401, 401, 429]);
    expect((await get('/api/v1/agents', two)).status).toBe(200);
    for (let count = 0; count < 6; count += 1) expect((await get('/health/live')).status).toBe(200);
  });
});

describe('answers', () => {
  it('tell browsers to keep away, apart from pages of named origins', async () => {
    const { headers } = await ask('GET', '/health/live');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('access-control-allow-origin')).toBeNull();
    const origin = 'https://console.example';
    const open = await startTestApp({ config: { access: { ...access, corsOrigins: [origin] } } });
    const from = (page: string) => open.http('GET', '/health/live', undefined, { origin: page });
    expect((await from(origin)).headers.get('access-control-allow-origin')).toBe(origin);
    expect((await from('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
    await open.close();
  });
});

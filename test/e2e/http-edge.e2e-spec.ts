import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EDGE_TABLE, EdgeModule } from '../support/edge.module.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let test: TestApp;
const THINGS = '/api/v1/edge/things';
const create = (body: unknown, headers?: Record<string, string>) => test.http('POST', THINGS, body, headers);

beforeAll(async () => {
  test = await startTestApp({ modules: [EdgeModule] });
  await test.database.query(EDGE_TABLE);
});
afterAll(() => test.close());

describe('problems', () => {
  it('have the members of RFC 9457, a code and the id of the request', async () => {
    const answer = await test.http('GET', '/api/v1/agents/nobody', undefined, { 'x-request-id': 'req-17' });
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(answer.body).toEqual({
      type: 'urn:tandem:problem:agent_not_found',
      title: 'Not found',
      status: 404,
      detail: 'There is no agent with the id "nobody".',
      instance: '/api/v1/agents/nobody',
      code: 'agent_not_found',
      requestId: 'req-17',
      errors: [],
    });
  });

  it('never show what an unforeseen error says', async () => {
    const answer = await create({ name: 'a', then: 'break' });
    expect(answer.status).toBe(500);
    expect(answer.body.code).toBe('internal_error');
    expect(JSON.stringify(answer.body)).not.toMatch(/secret-detail|at /);
  });

  it('do not show the details of an error', async () => {
    const answer = await test.http('POST', '/api/v1/edge/actions/conflict', {});
    expect([answer.status, answer.body.code]).toEqual([409, 'busy']);
    expect(JSON.stringify(answer.body)).not.toContain('not shown');
  });

  it.each([
    ['GET', '/nope', 404, 'route_not_found'],
    ['GET', '/api/v1/nope', 404, 'route_not_found'],
    ['DELETE', '/api/v1/features', 404, 'route_not_found'],
    ['GET', '/%zz', 400, 'malformed_request'],
    ['GET', `/api/v1/agents/${'a'.repeat(400)}`, 404, 'route_not_found'],
    ['GET', '/api/v1/edge/things/not-a-uuid', 404, 'thing_not_found'],
    ['GET', '/api/v1/edge/things/%00', 404, 'thing_not_found'],
    ['GET', '/api/v1/edge/things/0198b8f0-0000-7000-8000-000000000000', 404, 'thing_not_found'],
    ['POST', '/api/v1/edge/actions/%00', 400, 'invalid_request'],
  ])('answer %s %s with %i %s', async (method, path, status, code) => {
    const answer = await test.http(method, path);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.headers.get('x-request-id')).toBe(answer.body.requestId);
  });
});

describe('request ids', () => {
  it('are made when there is none', async () => {
    const { headers } = await test.http('GET', '/health/live');
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each(['with space', 'a'.repeat(129), 'quote"'])(
    'replace %j, which is not fit for a log',
    async (given) => {
      const { headers } = await test.http('GET', '/health/live', undefined, { 'x-request-id': given });
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    },
  );
});

describe('bodies', () => {
  it.each([
    ['{"name":', 'malformed_json'],
    ['', 'invalid_request'],
    ['[]', 'invalid_request'],
    ['"text"', 'invalid_request'],
    ['null', 'invalid_request'],
    ['{"name":"a","data":"\\u0000"}', 'unstorable'],
    ['{"name":"a","data":{"\\u0000":1}}', 'unstorable'],
    ['{"name":"a","data":"\\ud800"}', 'unstorable'],
    ['{"name":"a","data":{"__proto__":{"x":1}}}', 'forbidden_key'],
    ['{"name":"a","data":{"\\u005f_proto__":{"x":1}}}', 'forbidden_key'],
    ['{"name":"a","data":[{"constructor":{"prototype":{"x":1}}}]}', 'forbidden_key'],
  ])('answer %s with 400 %s', async (body, code) => {
    const answer = await create(body);
    expect([answer.status, answer.body.code]).toEqual([400, code]);
  });

  it('point at the value that cannot be stored', async () => {
    const answer = await create('{"name":"a","data":{"list":[1,"\\ud800"]}}');
    expect(answer.body.errors).toEqual([
      { code: 'unstorable', pointer: '/data/list/1', message: expect.stringContaining('surrogate') },
    ]);
  });

  it('that are not UTF-8 are malformed', async () => {
    const answer = await create(new Uint8Array([0x22, 0xff, 0x22]));
    expect([answer.status, answer.body.code]).toEqual([400, 'malformed_json']);
  });

  it.each([101, 999, 10_000, 1_000_000])('nested %i deep are refused', async (depth) => {
    const answer = await create(`{"name":"a","data":${'['.repeat(depth)}${']'.repeat(depth)}}`);
    expect([answer.status, answer.body.code]).toEqual([400, 'unstorable']);
  });

  it('nested 100 deep are accepted, brackets in text count for nothing', async () => {
    const data = `${'['.repeat(99)}${']'.repeat(99)}`;
    expect((await create(`{"name":"a","data":${data}}`)).status).toBe(201);
    expect((await create({ name: 'a', data: `\\"${'['.repeat(5_000)}` })).status).toBe(201);
  });

  it('keep a field called constructor', async () => {
    expect((await create({ name: 'a', tags: [], data: { constructor: 'Ferrari' } })).status).toBe(201);
    const unknown = await create('{"name":"a","constructor":"Ferrari"}');
    expect(unknown.body.errors).toMatchObject([{ code: 'unknown_field', pointer: '/constructor' }]);
  });

  it('over 8 MiB are too large', async () => {
    const answer = await create({ name: 'a', data: 'x'.repeat(10_000_000) });
    expect([answer.status, answer.body.code]).toEqual([413, 'body_too_large']);
  });

  it('under 8 MiB are not', async () => {
    expect((await create({ name: 'a', data: 'x'.repeat(8_000_000) })).status).toBe(201);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'])(
    'of type %s are refused',
    async (type) => {
      const answer = await create('name=a', { 'content-type': type });
      expect([answer.status, answer.body.code]).toEqual([415, 'unsupported_media_type']);
    },
  );

  it('may be left out where nothing is required', async () => {
    const answer = await test.http('POST', '/api/v1/edge/actions/rest');
    expect([answer.status, answer.body]).toEqual([202, {}]);
    expect((await test.http('POST', '/api/v1/edge/actions/rest', 'null')).status).toBe(400);
  });
});

describe('validation', () => {
  it('lists everything that is wrong at once, with pointers', async () => {
    const answer = await create({ colour: 'blue', tags: [{ label: 1, 'a/b': 2 }], extra: 1, more: 2 });
    expect(answer.status).toBe(400);
    expect(answer.body.code).toBe('invalid_request');
    const errors = answer.body.errors as { code: string; pointer: string; allowed?: string[] }[];
    expect(errors.map(({ code, pointer, allowed }) => [code, pointer, allowed])).toEqual([
      ['required', '/name', undefined],
      ['invalid_value', '/colour', ['red', 'green']],
      ['invalid_type', '/tags/0/label', undefined],
      ['required', '/tags/0/weight', undefined],
      ['unknown_field', '/tags/0/a~1b', undefined],
      ['unknown_field', '/extra', undefined],
      ['unknown_field', '/more', undefined],
    ]);
  });

  it.each([
    ['limit=0', '/limit'],
    ['limit=many', '/limit'],
    ['limit=1&limit=2', '/limit'],
    ['q=a&q=b', '/q'],
    ['q=%00', '/q'],
  ])('refuses the query %s', async (query, pointer) => {
    const answer = await test.http('GET', `${THINGS}?${query}`);
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid_request']);
    expect(answer.body.errors).toMatchObject([{ pointer }]);
  });

  it('gives defaults and numbers to handlers', async () => {
    expect((await test.http('GET', `${THINGS}?limit=7`)).body).toEqual({ limit: 7 });
    expect((await test.http('GET', THINGS)).body).toEqual({ limit: 50 });
  });
});

describe('entity tags', () => {
  it('cover what a client can set, not counters', async () => {
    const { body } = await create({ name: 'first' });
    const path = `${THINGS}/${body.id}`;
    const [one, two] = [await test.http('GET', path), await test.http('GET', path)];
    expect(two.body.reads).toBe(one.body.reads + 1);
    expect(two.headers.get('etag')).toBe(one.headers.get('etag'));
    const renamed = await test.http('PATCH', path, { name: 'second' });
    expect(renamed.headers.get('etag')).not.toBe(one.headers.get('etag'));
  });

  it('refuse a change based on an older version with 412', async () => {
    const { body } = await create({ name: 'first' });
    const path = `${THINGS}/${body.id}`;
    const etag = (await test.http('GET', path)).headers.get('etag') as string;
    expect((await test.http('PATCH', path, { name: 'second' }, { 'if-match': etag })).status).toBe(200);
    const stale = await test.http('PATCH', path, { name: 'third' }, { 'if-match': etag });
    expect([stale.status, stale.body.code]).toEqual([412, 'stale']);
    expect((await test.http('GET', path)).body.name).toBe('second');
  });

  it('answer 304 without a body to who has the version', async () => {
    const { body } = await create({ name: 'first' });
    const path = `${THINGS}/${body.id}`;
    const etag = (await test.http('GET', path)).headers.get('etag') as string;
    const known = await test.http('GET', path, undefined, { 'if-none-match': `"other", W/${etag}` });
    expect([known.status, known.body, known.headers.get('etag')]).toEqual([304, undefined, etag]);
  });
});

describe('what is no request', () => {
  const say = (text: string) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(test.base).port), '127.0.0.1', () => socket.write(text));
      let said = '';
      socket.on('data', (data) => (said += data.toString()));
      socket.on('close', () => resolve(said));
      socket.on('error', reject);
    });

  it.each([
    ['no HTTP', 'NOT HTTP\r\n\r\n', 400, 'malformed_request'],
    ['of an unknown method', 'FOO / HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'malformed_request'],
    [
      'too large in its headers',
      `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(16_384)}\r\n\r\n`,
      431,
      'headers_too_large',
    ],
  ])('because it is %s is a problem', async (_, text, status, code) => {
    const [head = '', body = ''] = (await say(text)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head).toContain('\r\nContent-Type: application/problem+json; charset=utf-8\r\n');
    const problem = JSON.parse(body) as { requestId: string };
    expect(problem).toMatchObject({
      type: `urn:tandem:problem:${code}`,
      status,
      code,
      instance: '',
      errors: [],
    });
    expect(head).toContain(`\r\nX-Request-Id: ${problem.requestId}\r\n`);
    expect((await test.http('GET', '/health/live')).status).toBe(200);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { taskContext } from '../../../../test/integration/tasks/task-context.js';
import type { TaskContext } from '../../domain/task-type.js';
import { HttpClient } from './http-client.js';
import { httpRequestParameters } from './http-request.schemas.js';
import { HttpRequestTask } from './http-request.task.js';

type Route = (request: IncomingMessage, response: ServerResponse) => unknown;

const redirectTo =
  (status: number, location: string): Route =>
  (_request, response) =>
    response.writeHead(status, { location }).end();

const routes: Record<string, Route> = {
  '/echo': async (request, response) => {
    const chunks = await request.toArray();
    const { method, url, headers } = request;
    const body = Buffer.concat(chunks as Buffer[]).toString();
    response.setHeader('content-type', 'application/json; charset=utf-8');
    response.end(JSON.stringify({ method, url, headers, body }));
  },
  '/text': (_request, response) => response.writeHead(200, { 'x-two': ['a', 'b'] }).end('hello'),
  '/nothing': (_request, response) => response.writeHead(204).end(),
  '/bytes': (_request, response) => response.end(Buffer.from([0, 255, 1])),
  '/not-json': (_request, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end('{oops'),
  '/gzip': (_request, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('unpacked')),
  '/bomb': (_request, response) =>
    response.writeHead(200, { 'content-encoding': 'br' }).end(brotliCompressSync(Buffer.alloc(9_000_000))),
  '/large': (_request, response) => response.end(Buffer.alloc(8 * 1024 * 1024 + 1, 'x')),
  '/busy': (_request, response) => response.writeHead(429, { 'retry-after': '9' }).end('later'),
  '/broken': (_request, response) => response.writeHead(500).end('no'),
  '/missing': (_request, response) => response.writeHead(404).end(),
  '/silent': () => undefined,
  '/drop': (request) => request.socket.destroy(),
  '/loop': redirectTo(302, '/loop'),
  '/hop': (request, response) => {
    const left = Number(new URL(request.url ?? '', origin).searchParams.get('left'));
    if (left === 0) response.end('arrived');
    else redirectTo(302, `/hop?left=${left - 1}`)(request, response);
  },
  '/see-other': redirectTo(303, '/echo'),
  '/see-broken': redirectTo(303, '/missing'),
  '/keep': redirectTo(307, '/echo'),
  '/to-private': redirectTo(302, 'http://127.0.0.2:1/'),
};

let server: Server;
let other: Server;
let client: HttpClient;
let origin: string;
const portOf = (listening: Server): number => (listening.address() as AddressInfo).port;

const listen = async (route: Route): Promise<Server> => {
  const listening = createServer((request, response) => void route(request, response));
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return listening;
};

const call = (path: string, parameters: object = {}, context: Partial<TaskContext> = {}) =>
  new HttpRequestTask(client)
    .execute(
      httpRequestParameters.parse({ url: new URL(path, origin).href, ...parameters }),
      taskContext(context),
    )
    .then(({ result }) => result);
const failure = (fields: object) => ({ failure: fields });

beforeAll(async () => {
  server = await listen((request, response) =>
    routes[(request.url ?? '').split('?')[0] ?? '']?.(request, response),
  );
  other = await listen((request, response) => routes['/echo']?.(request, response));
  origin = `http://127.0.0.1:${portOf(server)}`;
  routes['/elsewhere'] = redirectTo(302, `http://127.0.0.1:${portOf(other)}/`);
  client = new HttpClient({ names: new Set([`127.0.0.1:${portOf(server)}`, `127.0.0.1:${portOf(other)}`]) });
});
afterAll(async () => {
  await client.onApplicationShutdown();
  for (const listening of [server, other]) {
    listening.closeAllConnections();
    await new Promise((resolve) => listening.close(resolve));
  }
});

describe('http.request', () => {
  it('sends method, query, headers and body, and parses a JSON answer', async () => {
    const answer = await call('/echo?a=1', {
      method: 'POST',
      query: { b: 2 },
      headers: { 'X-Trace': 't1' },
      body: { name: 'desk' },
      idempotencyHeader: 'Idempotency-Key',
    });
    expect(answer).toMatchObject({
      status: 200,
      bodyEncoding: 'json',
      body: {
        method: 'POST',
        url: '/echo?a=1&b=2',
        headers: { 'x-trace': 't1', 'idempotency-key': 'key-of-task-1', 'content-type': 'application/json' },
        body: '{"name":"desk"}',
      },
    });
  });

  it('gives other answers as text, base64 or null', async () => {
    await expect(call('/text')).resolves.toMatchObject({
      body: 'hello',
      bodyEncoding: 'text',
      headers: { 'x-two': 'a, b' },
    });
    await expect(call('/bytes')).resolves.toMatchObject({ body: 'AP8B', bodyEncoding: 'base64' });
    await expect(call('/nothing')).resolves.toMatchObject({ status: 204, body: null, bodyEncoding: 'none' });
    await expect(call('/not-json')).resolves.toMatchObject({ body: '{oops', bodyEncoding: 'text' });
    await expect(call('/gzip')).resolves.toMatchObject({ body: 'unpacked' });
  });

  it('refuses answers over 8 MiB, as they come and unpacked', async () => {
    await expect(call('/large')).rejects.toMatchObject(failure({ code: 'response_too_large' }));
    await expect(call('/bomb')).rejects.toMatchObject(failure({ code: 'response_too_large' }));
  });

  it('fails on a status outside 200 to 299, with what the server says', async () => {
    await expect(call('/busy')).rejects.toMatchObject(
      failure({
        code: 'http_status_429',
        class: 'rate_limited',
        retryAfterSeconds: 9,
        message: `GET ${origin}/busy answered 429. It says: later`,
      }),
    );
  });

  it('takes the statuses that are expected, and only those', async () => {
    await expect(call('/missing', { expectStatus: [200, 404] })).resolves.toMatchObject({ status: 404 });
    await expect(call('/text', { expectStatus: 404 })).rejects.toMatchObject(
      failure({ code: 'http_status_200' }),
    );
    await expect(call('/keep', { expectStatus: 307 })).resolves.toMatchObject({ status: 307 });
  });

  it('follows redirects and changes the method where it must', async () => {
    await expect(call('/see-other', { method: 'POST', body: 'x' })).resolves.toMatchObject({
      body: { method: 'GET', body: '' },
    });
    await expect(call('/keep', { method: 'POST', body: 'x' })).resolves.toMatchObject({
      body: { method: 'POST', body: 'x' },
    });
  });

  it('leaves credentials behind on the way to another origin', async () => {
    const answer = await call('/elsewhere', { headers: { Authorization: 'Bearer secret', 'X-Trace': 't1' } });
    expect(answer).toMatchObject({ body: { headers: { 'x-trace': 't1' } } });
    expect(JSON.stringify(answer.body)).not.toContain('Bearer secret');
  });

  it('follows five redirects and no more', async () => {
    await expect(call('/hop?left=5')).resolves.toMatchObject({ body: 'arrived' });
    await expect(call('/hop?left=6')).rejects.toMatchObject(failure({ code: 'too_many_redirects' }));
    await expect(call('/loop')).rejects.toMatchObject(
      failure({ code: 'too_many_redirects', retryable: false }),
    );
  });

  it('checks the address again after a redirect', async () => {
    await expect(call('/to-private')).rejects.toMatchObject(failure({ code: 'address_not_allowed' }));
  });

  it('says that an effect may have happened when a later redirect fails', async () => {
    await expect(call('/see-broken', { method: 'POST' })).rejects.toMatchObject(
      failure({ code: 'http_status_404', effect: 'unknown' }),
    );
    await expect(call('/missing', { method: 'POST' })).rejects.toMatchObject(failure({ effect: 'none' }));
  });

  it('refuses private addresses that were not opened, as literal and as name', async () => {
    for (const url of [
      `http://127.0.0.2:${portOf(server)}/text`,
      `http://localhost:${portOf(server)}/text`,
    ]) {
      await expect(call(url)).rejects.toMatchObject(
        failure({ code: 'address_not_allowed', class: 'permanent', retryable: false, effect: 'none' }),
      );
    }
  });

  it('says that nothing was sent when the connection is refused', async () => {
    const closed = await listen(() => undefined);
    const port = portOf(closed);
    await new Promise((resolve) => closed.close(resolve));
    const opening = new HttpClient({ names: new Set(['127.0.0.1']) });
    const task = new HttpRequestTask(opening);
    const parameters = httpRequestParameters.parse({ url: `http://127.0.0.1:${port}/`, method: 'POST' });
    await expect(task.execute(parameters, taskContext())).rejects.toMatchObject(
      failure({ code: 'connection_refused', class: 'transient', effect: 'none' }),
    );
    await opening.onApplicationShutdown();
  });

  it('does not know the effect when the connection breaks or time runs out', async () => {
    await expect(call('/drop', { method: 'POST' })).rejects.toMatchObject(
      failure({ code: 'connection_lost', class: 'transient', effect: 'unknown' }),
    );
    await expect(call('/silent', { method: 'POST', timeoutSeconds: 0.2 })).rejects.toMatchObject(
      failure({ code: 'http_timeout', class: 'timeout', effect: 'unknown' }),
    );
  });

  it('ends with the reason of an abort', async () => {
    const abort = new AbortController();
    const running = call('/silent', {}, { signal: abort.signal });
    abort.abort(new Error('cancelled by test'));
    await expect(running).rejects.toThrow('cancelled by test');
  });
});

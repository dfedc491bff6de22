import { describe, expect, it } from '@jest/globals';
import { httpRequestParameters, type HttpMethod } from './http-request.schemas.js';
import { checkedUrl, firstRequest } from './outgoing-request.js';
import { redirected } from './redirect.js';
import { requestEffect } from './request-effect.js';

const parse = (value: object) => httpRequestParameters.parse({ url: 'https://example.com/a', ...value });
const request = (value: object = {}) => firstRequest(parse(value), 'stable-key');

describe('first request', () => {
  it('adds the query to that of the URL', () => {
    const { url } = request({ url: 'https://example.com/a?x=1#part', query: { y: [2, 'b c'], z: true } });
    expect(url.href).toBe('https://example.com/a?x=1&y=2&y=b+c&z=true');
  });

  it('sends JSON and text with their content type', () => {
    expect(request({ method: 'POST', body: { a: 1 } })).toMatchObject({
      body: '{"a":1}',
      headers: { 'content-type': 'application/json' },
    });
    expect(request({ method: 'POST', body: 'hello' })).toMatchObject({
      body: 'hello',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
    });
    expect(request({ method: 'POST', body: null, headers: { 'Content-Type': 'text/x' } })).toMatchObject({
      body: 'null',
      headers: { 'content-type': 'text/x' },
    });
  });

  it('sends the stable key only in the header that was named for it', () => {
    expect(JSON.stringify(request({ method: 'POST' }))).not.toContain('stable-key');
    expect(request({ method: 'POST', idempotencyHeader: 'Idempotency-Key' }).headers['idempotency-key']).toBe(
      'stable-key',
    );
  });

  it('does not replace a key of the caller', () => {
    const headers = { 'Idempotency-Key': 'mine' };
    const built = request({ method: 'POST', headers, idempotencyHeader: 'idempotency-key' });
    expect(built.headers['idempotency-key']).toBe('mine');
  });

  it.each(['ftp://example.com/', 'file:///etc/passwd', 'example.com/a', 'https://user:pass@example.com/'])(
    'refuses the URL %s',
    (url) => {
      expect(() => checkedUrl(url)).toThrow(
        expect.objectContaining({ failure: expect.objectContaining({ code: 'invalid_url' }) }),
      );
    },
  );

  it.each([
    [{ headers: { Host: 'other' } }],
    [{ headers: { 'content-length': '1' } }],
    [{ headers: { 'a b': 'x' } }],
    [{ headers: { a: 'x\r\ny: z' } }],
    [{ body: 'x' }],
    [{ idempotencyHeader: 'Host' }],
    [{ expectStatus: [] }],
    [{ method: 'TRACE' }],
  ])('refuses the parameters %j', (value) => {
    expect(httpRequestParameters.safeParse({ url: 'https://example.com/', ...value }).success).toBe(false);
  });
});

describe('effect of a request', () => {
  it.each<[HttpMethod, object, string]>([
    ['GET', {}, 'none'],
    ['HEAD', {}, 'none'],
    ['OPTIONS', {}, 'none'],
    ['PUT', {}, 'idempotent'],
    ['DELETE', {}, 'idempotent'],
    ['POST', {}, 'irreversible'],
    ['PATCH', {}, 'irreversible'],
    ['POST', { headers: { 'IDEMPOTENCY-KEY': 'k' } }, 'idempotent'],
    ['POST', { headers: { 'Idempotency-Key': ' ' } }, 'irreversible'],
    ['PATCH', { idempotencyHeader: 'X-Request-Key' }, 'idempotent'],
  ])('of %s with %j is %s', (method, value, effect) => {
    expect(requestEffect(parse({ method, ...value }))).toBe(effect);
  });
});

describe('redirect', () => {
  const from = (method: HttpMethod) =>
    request({
      method,
      ...(method === 'GET' ? {} : { body: { a: 1 } }),
      headers: { Authorization: 'Bearer x', 'X-Api-Key': 'k', Cookie: 'c', 'X-Trace': 't' },
    });

  it.each<[HttpMethod, number, HttpMethod]>([
    ['POST', 301, 'GET'],
    ['POST', 302, 'GET'],
    ['POST', 303, 'GET'],
    ['PUT', 303, 'GET'],
    ['PUT', 302, 'PUT'],
    ['POST', 307, 'POST'],
    ['POST', 308, 'POST'],
    ['GET', 303, 'GET'],
  ])('of %s by %i continues with %s', (method, status, expected) => {
    const next = redirected(from(method), status, '/b');
    expect([next.method, next.url.href]).toEqual([expected, 'https://example.com/b']);
    expect(next.body).toBe(expected === 'GET' ? null : '{"a":1}');
    expect('content-type' in next.headers).toBe(expected !== 'GET');
  });

  it.each(['https://other.example/', 'http://example.com/', 'https://example.com:8443/'])(
    'to the other origin %s goes without credentials',
    (location) => {
      const names = Object.keys(redirected(from('GET'), 302, location).headers);
      expect(names).toEqual(['accept', 'user-agent', 'x-trace', 'accept-encoding']);
    },
  );

  it('within an origin keeps credentials', () => {
    expect(redirected(from('GET'), 302, '/b').headers).toMatchObject({
      authorization: 'Bearer x',
      cookie: 'c',
    });
  });

  it('to another scheme is refused', () => {
    expect(() => redirected(from('GET'), 302, 'file:///etc/passwd')).toThrow('not supported');
  });
});

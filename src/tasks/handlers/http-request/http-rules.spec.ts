import { describe, expect, it } from '@jest/globals';
import type { LookupAddress } from 'node:dns';
import {
  AddressNotAllowedError,
  guardedLookup,
  isOpenedByName,
  isPublicAddress,
  refusePrivateLiteral,
} from './address-guard.js';
import { connectionError, retryAfterSeconds, statusError } from './http-errors.js';
import { httpRequestParameters, type HttpMethod } from './http-request.schemas.js';
import { checkedUrl, firstRequest } from './outgoing-request.js';
import { redirected } from './redirect.js';
import { requestEffect } from './request-effect.js';

const NOW = new Date('2026-03-01T12:00:00Z');
const parse = (value: object) => httpRequestParameters.parse({ url: 'https://example.com/a', ...value });
const request = (value: object = {}) => firstRequest(parse(value), 'stable-key');

describe('address guard', () => {
  it.each(['8.8.8.8', '1.1.1.1', '2606:4700::1111', '::ffff:8.8.8.8'])('calls %s public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '255.255.255.255',
    '224.0.0.1',
    '::1',
    '::',
    'fd00::1',
    'fe80::1',
    '::ffff:10.0.0.1',
    '64:ff9b::a00:1',
    'no address',
  ])('does not call %s public', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://[::1]/',
    'http://[::ffff:7f00:1]/',
  ])('refuses the literal %s', (url) => {
    expect(() => refusePrivateLiteral(new URL(url))).toThrow(AddressNotAllowedError);
  });

  const lookup = (addresses: LookupAddress[], all: boolean) =>
    new Promise((resolve) => {
      guardedLookup((_host, _options, callback) => callback(null, addresses))(
        'db.test',
        { all },
        (error, address) => resolve(error ?? address),
      );
    });

  it('refuses a name when one of its addresses is private', async () => {
    const addresses = [
      { address: '8.8.8.8', family: 4 },
      { address: '10.0.0.7', family: 4 },
    ];
    await expect(lookup(addresses, true)).resolves.toMatchObject({
      message:
        'db.test resolves to 10.0.0.7, which is not on the public internet. ' +
        'An operator can open it with HTTP_ALLOWED_HOSTS=db.test.',
    });
    await expect(lookup(addresses, false)).resolves.toBeInstanceOf(AddressNotAllowedError);
  });

  it('answers with public addresses in the form that was asked for', async () => {
    const addresses = [
      { address: '8.8.8.8', family: 4 },
      { address: '8.8.4.4', family: 4 },
    ];
    await expect(lookup(addresses, true)).resolves.toEqual(addresses);
    await expect(lookup(addresses, false)).resolves.toBe('8.8.8.8');
  });

  it.each<[string, boolean]>([
    ['http://wiki.local/', true],
    ['https://WIKI.local.:8443/', true],
    ['http://127.0.0.1:9000/', true],
    ['http://127.0.0.1:9001/', false],
    ['http://[::1]:80/', true],
    ['https://[::1]/', false],
    ['http://sub.wiki.local/', false],
  ])('knows whether %s was opened by name: %s', (url, opened) => {
    const names = new Set(['wiki.local', '127.0.0.1:9000', '[::1]:80']);
    expect(isOpenedByName(new URL(url), { names })).toBe(opened);
  });
});

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

describe('failure', () => {
  const answer = (status: number, headers: Record<string, string> = {}) =>
    statusError(request(), { status, headers, body: null, bodyEncoding: 'none' }, NOW).failure;

  it.each([
    [400, 'invalid_input', false, 'none'],
    [401, 'unauthorized', false, 'none'],
    [403, 'unauthorized', false, 'none'],
    [404, 'not_found', false, 'none'],
    [408, 'transient', true, 'none'],
    [409, 'conflict', false, 'none'],
    [410, 'not_found', false, 'none'],
    [412, 'conflict', false, 'none'],
    [418, 'permanent', false, 'none'],
    [422, 'invalid_input', false, 'none'],
    [429, 'rate_limited', true, 'none'],
    [500, 'transient', true, 'unknown'],
    [503, 'transient', true, 'unknown'],
    [304, 'permanent', false, 'unknown'],
  ])('of status %i is %s, retryable %s, effect %s', (status, errorClass, retryable, effect) => {
    expect(answer(status)).toMatchObject({
      code: `http_status_${status}`,
      class: errorClass,
      retryable,
      effect,
    });
  });

  it('says how long to wait', () => {
    expect(answer(429, { 'retry-after': '7' }).retryAfterSeconds).toBe(7);
    expect(answer(503).retryAfterSeconds).toBeUndefined();
  });

  it.each<[string, number | undefined]>([
    ['120', 120],
    ['86400', 3600],
    ['Sun, 01 Mar 2026 12:01:30 GMT', 90],
    ['Sun, 01 Mar 2026 11:00:00 GMT', 0],
    ['soon', undefined],
  ])('reads Retry-After %j as %s seconds', (header, seconds) => {
    expect(retryAfterSeconds(header, NOW)).toBe(seconds);
  });

  it.each([
    ['ECONNREFUSED', 'connection_refused', 'none'],
    ['ENOTFOUND', 'host_not_found', 'none'],
    ['UND_ERR_CONNECT_TIMEOUT', 'connect_timeout', 'none'],
    ['CERT_HAS_EXPIRED', 'tls_error', 'none'],
    ['ECONNRESET', 'connection_lost', 'unknown'],
  ])('of %s is %s with effect %s', (code, expected, effect) => {
    const error = connectionError(request(), Object.assign(new Error('x'), { code }));
    expect(error.failure).toMatchObject({ code: expected, effect });
  });

  it('does not show the query of the URL', () => {
    const error = connectionError(request({ query: { token: 'hidden' } }), new Error('x'));
    expect(error.message).toBe('GET https://example.com/a failed: the connection broke (x).');
  });
});

import { describe, expect, it } from '@jest/globals';
import { AddressNotAllowedError } from './address-guard.js';
import { connectionError, retryAfterSeconds, statusError } from './http-errors.js';
import { httpRequestParameters } from './http-request.schemas.js';
import { firstRequest } from './outgoing-request.js';

const NOW = new Date('2026-03-01T12:00:00Z');
const parse = (value: object) => httpRequestParameters.parse({ url: 'https://example.com/a', ...value });
const request = (value: object = {}) => firstRequest(parse(value), 'stable-key');

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

  it.each([
    ['http://db.test/', 'HTTP_ALLOWED_HOSTS=db.test.'],
    ['http://db.test:4301/', 'HTTP_ALLOWED_HOSTS=db.test:4301.'],
  ])('of %s, a private name, says how to open no more than that', (url, how) => {
    const error = connectionError(request({ url }), new AddressNotAllowedError('db.test', '10.0.0.7'));
    expect(error.message).toMatch(/^db\.test resolves to 10\.0\.0\.7, /);
    expect(error.message.endsWith(how)).toBe(true);
  });

  it('does not show the query of the URL', () => {
    const error = connectionError(request({ query: { token: 'hidden' } }), new Error('x'));
    expect(error.message).toBe('GET https://example.com/a failed: the connection broke (x).');
  });
});

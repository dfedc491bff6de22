import { ForbiddenException, NotFoundException, PayloadTooLargeException } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { type ErrorKind, TandemError } from '../tandem-error.js';
import { problemOf, problemOfUnreadable } from './problem.js';

const tandemError = (kind: ErrorKind, details?: Record<string, unknown>) =>
  new TandemError({ kind, code: 'some_code', message: 'What to do.', ...(details ? { details } : {}) });

describe('problemOf', () => {
  it.each([
    ['malformed', 400],
    ['unauthenticated', 401],
    ['forbidden', 403],
    ['not_found', 404],
    ['conflict', 409],
    ['stale', 412],
    ['too_large', 413],
    ['invalid', 422],
    ['too_many', 429],
    ['unavailable', 503],
  ] as const)('gives an error of kind %s the status %i', (kind, status) => {
    expect(problemOf(tandemError(kind))).toMatchObject({ status, code: 'some_code', detail: 'What to do.' });
  });

  it('says when to try again where that helps', () => {
    expect(problemOf(tandemError('unavailable')).headers).toEqual({ 'Retry-After': '5' });
    expect(problemOf(tandemError('too_many', { retryAfterSeconds: 30 })).headers).toEqual({
      'Retry-After': '30',
    });
    expect(problemOf(tandemError('conflict')).headers).toEqual({});
  });

  it('does not answer with more than a thousand errors', () => {
    const issues = Array.from({ length: 1_500 }, (_, i) => ({ code: 'x', pointer: `/${i}`, message: '' }));
    expect(
      problemOf(new TandemError({ kind: 'invalid', code: 'x', message: '', issues })).errors,
    ).toHaveLength(1_000);
  });

  it.each([
    [new NotFoundException('Cannot GET /x'), 404, 'route_not_found'],
    [new PayloadTooLargeException(), 413, 'body_too_large'],
    [new ForbiddenException(), 400, 'malformed_request'],
    [
      Object.assign(new Error(), { code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE', statusCode: 415 }),
      415,
      'unsupported_media_type',
    ],
    [
      Object.assign(new Error(), { code: 'FST_ERR_CTP_BODY_TOO_LARGE', statusCode: 413 }),
      413,
      'body_too_large',
    ],
    [
      Object.assign(new Error(), { code: 'FST_ERR_SEND_INSIDE_ONERR', statusCode: 500 }),
      500,
      'internal_error',
    ],
    [Object.assign(new Error(), { code: 'EACCES', statusCode: 400 }), 500, 'internal_error'],
    [new Error('bug'), 500, 'internal_error'],
    ['a string', 500, 'internal_error'],
    [undefined, 500, 'internal_error'],
    [{ status: 404 }, 500, 'internal_error'],
  ])('answers %p with %i %s', (error, status, code) => {
    const problem = problemOf(error);
    expect([problem.status, problem.code]).toEqual([status, code]);
    expect(problem.detail).not.toMatch(/bug|Cannot GET/);
  });
});

describe('problemOfUnreadable', () => {
  it.each([
    ['ERR_HTTP_REQUEST_TIMEOUT', 408, 'request_timeout'],
    ['HPE_HEADER_OVERFLOW', 431, 'headers_too_large'],
    ['HPE_INVALID_METHOD', 400, 'malformed_request'],
  ])('answers %s with %i %s', (code, status, expected) => {
    const problem = problemOfUnreadable(Object.assign(new Error('Parse Error'), { code }));
    expect([problem.status, problem.code]).toEqual([status, expected]);
  });
});

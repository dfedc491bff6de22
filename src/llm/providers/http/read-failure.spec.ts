import { describe, expect, it } from '@jest/globals';
import { ModelError } from '../../domain/model-failure.js';
import { connectionFailure, type FailureContext, readFailure } from './read-failure.js';

const context = (values: Partial<FailureContext> = {}): FailureContext => ({
  provider: 'acme',
  secrets: ['the-key'],
  sent: true,
  headers: null,
  nowMs: 0,
  ...values,
});

describe('readFailure', () => {
  it('goes by the status, whatever the class', () => {
    const headers = new Headers({ 'request-id': 'req_1', 'retry-after': '4' });
    const error = readFailure({ status: 529, message: 'Busy, the-key.' }, context({ headers }));
    expect(error).toMatchObject({
      kind: 'overloaded',
      status: 529,
      requestId: 'req_1',
      retryAfterMs: 4000,
      message: 'acme answered 529: Busy, [secret].',
    });
  });

  it.each([
    [402, 'bad_request'],
    [408, 'bad_request'],
    [451, 'bad_request'],
    [500, 'server_error'],
    [504, 'server_error'],
    [599, 'server_error'],
    [302, 'not_found'],
  ])('%i is %s', (status, kind) => {
    expect(readFailure({ status, message: '' }, context()).kind).toBe(kind);
  });

  it('takes an account without credit for one that may not ask, whatever the status', () => {
    const thrown = { status: 429, code: 'insufficient_quota', message: 'You exceeded your quota.' };
    expect(readFailure(thrown, context())).toMatchObject({ kind: 'unauthorized', retryable: false });
    expect(readFailure({ ...thrown, code: 'rate_limit_exceeded' }, context()).kind).toBe('rate_limited');
  });

  it('prefers what the headers say of when to ask again', () => {
    const thrown = { status: 429, message: '{"error":{"details":[{"retryDelay":"9s"}]}}' };
    expect(readFailure(thrown, context()).retryAfterMs).toBe(9000);
    const headers = new Headers({ 'retry-after': '2' });
    expect(readFailure(thrown, context({ headers })).retryAfterMs).toBe(2000);
  });

  it('takes what failed after the request went out for unreadable and perhaps billed', () => {
    const error = readFailure(new SyntaxError('Unexpected end'), context());
    expect(error).toMatchObject({ kind: 'unreadable', billed: 'unknown' });
  });

  it('takes what failed before for a request that cannot be made, not billed', () => {
    const error = readFailure(new TypeError('No the-key'), context({ sent: false }));
    expect(error).toMatchObject({
      kind: 'bad_request',
      billed: 'no',
      message: 'The request was not sent to acme: No [secret]',
    });
  });

  it('leaves its own errors alone', () => {
    const own = new ModelError({ kind: 'not_found', message: 'x' });
    expect(readFailure(own, context())).toBe(own);
  });

  it('keeps nothing an SDK threw, which may hold the key', () => {
    expect(readFailure({ status: 401, message: 'x', headers: {} }, context()).cause).toBeUndefined();
  });
});

describe('connectionFailure', () => {
  it.each([
    ['ECONNREFUSED', 'no'],
    ['ENOTFOUND', 'no'],
    ['UND_ERR_CONNECT_TIMEOUT', 'no'],
    ['ECONNRESET', 'unknown'],
    ['UND_ERR_SOCKET', 'unknown'],
  ])('%s: billed %s', (code, billed) => {
    expect(connectionFailure({ message: 'x', code }, context())).toMatchObject({
      kind: 'connection',
      billed,
    });
  });

  it('takes what cannot be sent for a bad request', () => {
    const error = connectionFailure({ message: 'invalid the-key', code: 'UND_ERR_INVALID_ARG' }, context());
    expect(error).toMatchObject({ kind: 'bad_request', billed: 'no' });
    expect(error.message).toBe('No request to acme was made: invalid [secret]');
  });

  it('looks for the code in the causes, and only so deep', () => {
    const wrapped = { message: 'fetch failed', cause: { cause: { code: 'ECONNREFUSED' } } };
    expect(connectionFailure(wrapped, context()).billed).toBe('no');
    const circular: { cause?: unknown } = {};
    circular.cause = circular;
    expect(connectionFailure(circular, context()).billed).toBe('unknown');
  });
});

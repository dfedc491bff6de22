import { describe, expect, it } from '@jest/globals';
import { isDatabaseAway } from './database-away.js';

const withCode = (code: string, message = 'x') => Object.assign(new Error(message), { code });

describe('isDatabaseAway', () => {
  it.each([
    'ECONNREFUSED',
    'ENOTFOUND',
    '08006',
    '57P01',
    '57P03',
    '3D000',
    '53300',
    '57014',
    '40001',
    '40P01',
  ])('is true for code %s', (code) => expect(isDatabaseAway(withCode(code))).toBe(true));

  it.each(['23505', '22P05', '42601', 'ENOENT'])('is false for code %s', (code) => {
    expect(isDatabaseAway(withCode(code))).toBe(false);
  });

  it.each([
    'timeout exceeded when trying to connect',
    'Connection terminated unexpectedly',
    'Client has encountered a connection error and is not queryable',
    'The session connection is down.',
  ])('is true for pg saying "%s"', (message) => expect(isDatabaseAway(new Error(message))).toBe(true));

  it('looks at causes and at the errors of all addresses tried', () => {
    expect(isDatabaseAway(new Error('query failed', { cause: withCode('57P01') }))).toBe(true);
    expect(isDatabaseAway(new AggregateError([new Error('v6'), withCode('ECONNREFUSED')]))).toBe(true);
  });

  it('does not run in circles', () => {
    const error = new Error('a');
    error.cause = error;
    expect(isDatabaseAway(error)).toBe(false);
  });

  it.each([undefined, null, 'text', { code: 'ECONNREFUSED' }])(
    'is false for %j, which is no error',
    (value) => {
      expect(isDatabaseAway(value)).toBe(false);
    },
  );
});

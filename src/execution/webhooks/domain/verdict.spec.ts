import { describe, expect, it } from '@jest/globals';
import { verdictOf } from './verdict.js';

describe('verdictOf', () => {
  it.each([200, 204, 299])('takes %d for a delivery', (status) => {
    expect(verdictOf({ status }, 3, 0.5)).toEqual({ kind: 'delivered', status });
  });

  it.each([
    [199, 'The receiver answered 199.'],
    [302, 'The receiver answered 302. Redirects are not followed.'],
    [400, 'The receiver answered 400.'],
    [500, 'The receiver answered 500.'],
  ])('tries again after %d', (status, error) => {
    expect(verdictOf({ status }, 0, 0.5)).toEqual({ kind: 'retry', status, error, delayMs: 3_000 });
  });

  it('tries again when no answer came, later each time', () => {
    const outcome = { error: 'No answer.' };
    expect(verdictOf(outcome, 4, 0.5)).toEqual({
      kind: 'retry',
      status: null,
      error: 'No answer.',
      delayMs: 243_000,
    });
  });

  it('disables at once after 410', () => {
    expect(verdictOf({ status: 410 }, 0, 0.5)).toMatchObject({ kind: 'gone', status: 410 });
  });

  it('gives up with the eleventh failure', () => {
    expect(verdictOf({ status: 503 }, 9, 0.5).kind).toBe('retry');
    expect(verdictOf({ status: 503 }, 10, 0.5)).toEqual({
      kind: 'failed',
      status: 503,
      error: 'The receiver answered 503.',
    });
    expect(verdictOf({ status: 200 }, 10, 0.5).kind).toBe('delivered');
  });
});

import { describe, expect, it } from '@jest/globals';
import { TaskError, toFailure } from './task-error.js';

const throwing = (): never => {
  throw new Error('no');
};
const revoked = (): object => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};

describe('whatever a handler throws', () => {
  it.each([
    ['a text', 'out of paper', 'out of paper'],
    ['nothing', undefined, 'undefined'],
    ['null', null, 'null'],
    ['an object', { reason: 'x' }, '{"reason":"x"}'],
    ['an error without a message', new RangeError(), 'RangeError'],
    ['a symbol', Symbol('s'), 'Symbol(s)'],
    ['a BigInt', 7n, '[object BigInt]'],
  ])('(%s) becomes a failure in its own words', (_name, thrown, message) => {
    expect(toFailure(thrown)).toEqual({
      code: 'handler_error',
      class: 'unexpected',
      message,
      retryable: true,
      effect: 'unknown',
    });
  });

  it.each([
    ['an error whose message is no text', Object.assign(new Error(), { message: { deep: 1 } })],
    ['an error that refuses to tell', Object.defineProperty(new Error(), 'message', { get: throwing })],
    ['an object that refuses everything', new Proxy({}, { get: throwing, getPrototypeOf: throwing })],
    ['a revoked proxy', revoked()],
    [
      'an object with a tag that throws',
      {
        toJSON: throwing,
        get [Symbol.toStringTag]() {
          return throwing();
        },
      },
    ],
  ])('(%s) becomes a failure and no second error', (_name, thrown) => {
    const failure = toFailure(thrown);
    expect(failure).toMatchObject({ code: 'handler_error', class: 'unexpected' });
    expect(typeof failure.message).toBe('string');
  });
});

describe('a TaskError', () => {
  it('says how it failed', () => {
    const error = new TaskError({
      code: 'busy',
      class: 'rate_limited',
      message: 'Later.',
      retryAfterSeconds: 7,
    });
    expect(toFailure(error)).toEqual({
      code: 'busy',
      class: 'rate_limited',
      message: 'Later.',
      retryable: true,
      effect: 'unknown',
      retryAfterSeconds: 7,
    });
  });

  it('made of junk is told as far as it can be stored', () => {
    const junk = {
      code: 'bad\u0000code\ud800',
      class: 'nonsense',
      message: 42,
      retryable: 'yes',
      effect: 'maybe',
      retryAfterSeconds: Number.NaN,
    };
    expect(toFailure(new TaskError(junk as never))).toEqual({
      code: 'bad\ufffdcode\ufffd',
      class: 'unexpected',
      message: '42',
      retryable: true,
      effect: 'unknown',
    });
  });

  it.each([[1n], [{}], [undefined]])('with the code %p is a handler_error', (code) => {
    const error = new TaskError({ code, class: 'permanent', message: 'x' } as never);
    expect(toFailure(error)).toMatchObject({ code: 'handler_error', class: 'permanent', retryable: false });
  });

  it('may be long: code and message are cut', () => {
    const long = 'x'.repeat(10_000);
    const failure = toFailure(new TaskError({ code: long, class: 'permanent', message: long }));
    expect([failure.code.length, failure.message.length]).toEqual([201, 2_001]);
  });
});

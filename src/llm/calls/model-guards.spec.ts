import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { ModelError, type ModelFailureKind } from '../domain/model-failure.js';
import { ModelGuards } from './model-guards.js';
import { NoAnswer } from './no-answer.js';

const ONE = 'test:one';
const never = new AbortController().signal;
const fail = (kind: ModelFailureKind) => (): Promise<never> =>
  Promise.reject(new ModelError({ kind, message: 'As told.' }));

let guards: ModelGuards;
let asked: number;
/** How the call ended: a kind of failure, `fine`, or the reason of `NoAnswer`. */
async function call(attempt: () => Promise<unknown>, signal = never): Promise<string> {
  const counted = () => {
    asked += 1;
    return attempt();
  };
  try {
    return String(await guards.execute(ONE, counted, signal));
  } catch (error) {
    if (error instanceof ModelError) return error.kind;
    return error instanceof NoAnswer ? error.reason : (error as Error).name;
  }
}
const fine = () => Promise.resolve('fine');
const breaker = () => guards.states('test')[0]?.breaker;

async function failTimes(times: number, kind: ModelFailureKind): Promise<void> {
  for (let count = 0; count < times; count += 1) await call(fail(kind));
}

/** As if this much time had passed. */
function after(seconds: number): void {
  const now = Date.now() + seconds * 1_000;
  jest.spyOn(Date, 'now').mockReturnValue(now);
}

describe('ModelGuards', () => {
  afterEach(() => void jest.restoreAllMocks());

  function start(): void {
    guards = new ModelGuards();
    asked = 0;
  }

  it('stops asking a model after eight failures of its provider in a row', async () => {
    start();
    await failTimes(7, 'server_error');
    expect(breaker()).toBe('closed');
    await failTimes(1, 'timeout');
    expect(breaker()).toBe('open');
    expect(await call(fine)).toBe('provider_unavailable');
    expect(asked).toBe(8);
  });

  it('counts anew after an answer', async () => {
    start();
    await failTimes(7, 'overloaded');
    await call(fine);
    await failTimes(7, 'overloaded');
    expect(await call(fine)).toBe('fine');
  });

  it.each(['bad_request', 'aborted'] as const)('does not count %s', async (kind) => {
    start();
    await failTimes(20, kind);
    expect(await call(fine)).toBe('fine');
  });

  it('tries one call after ten seconds, and closes when it is answered', async () => {
    start();
    await failTimes(8, 'connection');
    after(9.9);
    expect(await call(fine)).toBe('provider_unavailable');
    after(0.2);
    expect(await call(fine)).toBe('fine');
    expect(breaker()).toBe('closed');
    expect(asked).toBe(9);
  });

  it('opens again when that call fails', async () => {
    start();
    await failTimes(8, 'unauthorized');
    after(10.1);
    expect(await call(fail('unauthorized'))).toBe('unauthorized');
    expect(await call(fine)).toBe('provider_unavailable');
    expect(asked).toBe(9);
  });

  it('lets other models be asked', async () => {
    start();
    await failTimes(8, 'server_error');
    await expect(guards.execute('test:two', fine, never)).resolves.toBe('fine');
  });

  it('ends a call that waits for its turn as soon as nobody wants it', async () => {
    start();
    const release = Promise.withResolvers<string>();
    const running = Array.from({ length: 256 }, () => call(() => release.promise));
    const controller = new AbortController();
    const waiting = call(fine, controller.signal);
    controller.abort();
    expect(await waiting).toBe('AbortError');
    release.resolve('fine');
    await Promise.all(running);
    expect(asked).toBe(256);
  });

  it('ends a call that waits for the one that tries as soon as nobody wants it', async () => {
    start();
    await failTimes(8, 'server_error');
    after(10.1);
    const release = Promise.withResolvers<string>();
    const trying = call(() => release.promise);
    const controller = new AbortController();
    const waiting = call(fine, controller.signal);
    controller.abort();
    expect(await waiting).toBe('AbortError');
    release.resolve('fine');
    expect(await trying).toBe('fine');
    await new Promise(setImmediate);
    expect(asked).toBe(9);
    expect(breaker()).toBe('closed');
  });
});

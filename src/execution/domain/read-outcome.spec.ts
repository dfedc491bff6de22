import { describe, expect, it } from '@jest/globals';
import { done, type TaskOutcome } from '../../tasks/domain/task-outcome.js';
import { readOutcome } from './read-outcome.js';

const read = (answer: unknown) => readOutcome(answer as TaskOutcome<unknown>);
const hostile = new Proxy(
  {},
  {
    get() {
      throw new Error('hands off');
    },
  },
);
const unprintable = Object.assign(() => 1, {
  toString: () => {
    throw new Error('no');
  },
});

describe('what a handler answered', () => {
  it('is its result', () => {
    expect(read(done({ n: 1 }))).toEqual({ kind: 'done', json: '{"n":1}', isLarge: false });
    expect(read({ kind: 'done' })).toEqual({ kind: 'done', json: 'null', isLarge: false });
  });

  it('may be a time to wait for, with the result of the wait', () => {
    expect(read({ kind: 'waitUntil', at: new Date(5_000), result: { n: 1 } })).toEqual({
      kind: 'waits',
      waitingFor: 'timer',
      wakeAt: 5_000,
      wait: { result: { n: 1 } },
    });
  });

  it('may be a question to a person', () => {
    expect(read({ kind: 'waitForPerson', form: 'approval', question: 'Go?' })).toEqual({
      kind: 'waits',
      waitingFor: 'person',
      wakeAt: null,
      wait: { form: 'approval', question: 'Go?', details: null },
    });
  });

  it.each([
    [undefined],
    [null],
    [42],
    ['done'],
    [Symbol('s')],
    [unprintable],
    [hostile],
    [{}],
    [{ kind: 'dance' }],
    [{ kind: 'waitUntil', at: new Date(Number.NaN) }],
    [{ kind: 'waitUntil', at: '2030-01-01' }],
    [{ kind: 'waitUntil' }],
  ])('may be no outcome at all (case %#), which fails the attempt and says so', (answer) => {
    expect(read(answer)).toMatchObject({
      kind: 'unfit',
      failure: { code: 'no_outcome', class: 'permanent', retryable: false, effect: 'unknown' },
    });
  });

  it.each([
    [{ kind: 'done', result: 'x\u0000' }],
    [{ kind: 'waitUntil', at: new Date(1), result: 1n }],
    [{ kind: 'waitForPerson', form: 'approval', question: 'Go?', details: ['\ud800'] }],
    [{ kind: 'waitForPerson', form: 'approval', question: 'x'.repeat(9_000_000) }],
  ])('may not be storable (case %#), which fails the attempt', (answer) => {
    expect(read(answer)).toMatchObject({ kind: 'unfit', failure: { code: /result_/ } as never });
  });

  it.each([
    [-8.64e15, 0],
    [-1, 0],
    [8.64e15, 253_402_300_799_999],
  ])('as a time of %d ms is kept where timestamps of every part of the system reach', (at, wakeAt) => {
    expect(read({ kind: 'waitUntil', at: new Date(at), result: 1 })).toMatchObject({ kind: 'waits', wakeAt });
  });
});

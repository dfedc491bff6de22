import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { WakeTimer } from './wake-timer.js';

describe('the timer of a run', () => {
  let fired: number[];
  let timer: WakeTimer;
  const START = 1_000_000;

  beforeEach(() => {
    jest.useFakeTimers({ now: START });
    fired = [];
    timer = new WakeTimer(() => fired.push(Date.now() - START));
  });
  afterEach(() => {
    timer.clear();
    jest.useRealTimers();
  });

  it('fires once, at the earliest moment it was asked for', () => {
    timer.set(START + 300);
    timer.set(START + 100);
    timer.set(START + 200);
    jest.advanceTimersByTime(1_000);
    expect(fired).toEqual([100]);
  });

  it('can be set again after it fired, also to a later moment', () => {
    timer.set(START + 100);
    jest.advanceTimersByTime(100);
    timer.set(START + 400);
    jest.advanceTimersByTime(1_000);
    expect(fired).toEqual([100, 400]);
  });

  it('fires soon for what is overdue, without spinning', () => {
    timer.set(START - 60_000);
    jest.advanceTimersByTime(4);
    expect(fired).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(fired).toEqual([5]);
  });

  it('does not fire when it was cleared', () => {
    timer.set(START + 100);
    timer.clear();
    jest.advanceTimersByTime(1_000);
    expect(fired).toEqual([]);
  });

  it('does not overflow to "at once" for a moment years away', () => {
    timer.set(START + 10 * 365 * 86_400_000);
    jest.advanceTimersByTime(86_400_000);
    expect(fired).toEqual([]);
  });
});

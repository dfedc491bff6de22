import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { MetricsRegistry } from './metrics.js';
import { ScrapeReading } from './scrape-reading.js';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** Answers what it is told to, and counts how often it is asked. */
function source() {
  const asked: PromiseWithResolvers<number | null>[] = [];
  const reading = new ScrapeReading(() => {
    const answer = Promise.withResolvers<number | null>();
    asked.push(answer);
    return answer.promise;
  });
  const registry = new MetricsRegistry();
  reading.gauge(registry, 'a', 'A.', (number) => number);
  reading.gauge(registry, 'b', 'B.', (number) => number * 2);
  const shown = async () =>
    (await registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return { asked, shown };
}

describe('ScrapeReading', () => {
  it('is made once for all gauges and for two seconds', async () => {
    const { asked, shown } = source();
    const [first, again] = [shown(), shown()];
    asked[0]?.resolve(7);
    expect(await first).toEqual(['a 7', 'b 14']);
    expect(await again).toEqual(['a 7', 'b 14']);
    jest.advanceTimersByTime(1_999);
    expect(await shown()).toEqual(['a 7', 'b 14']);
    expect(asked).toHaveLength(1);
    jest.advanceTimersByTime(1);
    const later = shown();
    asked[1]?.resolve(8);
    expect(await later).toEqual(['a 8', 'b 16']);
  });

  it('shows nothing while it fails', async () => {
    const { asked, shown } = source();
    const first = shown();
    asked[0]?.resolve(7);
    await first;
    jest.advanceTimersByTime(2_000);
    const failing = shown();
    asked[1]?.reject(new Error('away'));
    expect(await failing).toEqual([]);
  });

  it('waits a second, and asks no second time while the first hangs', async () => {
    const { asked, shown } = source();
    const hanging = shown();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(await hanging).toEqual([]);
    jest.advanceTimersByTime(5_000);
    expect(await shown()).toEqual([]);
    expect(asked).toHaveLength(1);
    asked[0]?.resolve(7);
    await jest.advanceTimersByTimeAsync(2_000);
    const back = shown();
    asked[1]?.resolve(9);
    expect(await back).toEqual(['a 9', 'b 18']);
  });
});

import { describe, expect, it } from '@jest/globals';
import { createCache } from 'cache-manager';
import { boundedMemoryStore, MemoryCache } from './memory-cache.js';

const cacheOf = () => new MemoryCache(createCache({ stores: [boundedMemoryStore()] }));
const answer = (text: string) => ({ answer: text, interactionId: null });

describe('MemoryCache', () => {
  it('gives back what it was given, for its time', async () => {
    const cache = cacheOf();
    await cache.set('a', answer('x'), 60_000);
    await cache.set('b', answer('y'), 0);
    expect([await cache.get('a'), await cache.get('b'), await cache.get('c')]).toEqual([
      answer('x'),
      null,
      null,
    ]);
  });

  it('forgets what was used least when it has too much', async () => {
    const cache = cacheOf();
    const large = 'x'.repeat(10 * 1024 * 1024);
    for (const key of ['a', 'b', 'c']) {
      await cache.set(key, answer(large), 60_000);
      await cache.get('a');
    }
    await cache.set('d', answer(large), 60_000);
    const kept = await Promise.all(['a', 'b', 'c', 'd'].map((key) => cache.get(key)));
    expect(kept.map((found) => found !== null)).toEqual([true, false, true, true]);
  });
});

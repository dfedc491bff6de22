import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createCache } from 'cache-manager';
import { MetricsRegistry } from '../../../src/common/metrics.js';
import { PostgresCacheStore } from '../../../src/llm/cache/adapters/postgres-cache.store.js';
import { AnswerCache, type CacheOptions } from '../../../src/llm/cache/answer-cache.service.js';
import { CacheMetrics } from '../../../src/llm/cache/cache-metrics.js';
import { CacheStore } from '../../../src/llm/cache/cache-store.port.js';
import type { CachedAnswer } from '../../../src/llm/cache/cached-answer.js';
import { boundedMemoryStore, MemoryCache } from '../../../src/llm/cache/memory-cache.js';
import type { AppConfig } from '../../../src/config/config.js';
import { eventually } from '../../support/eventually.js';
import { testLlmSettings } from '../../support/test-app.js';
import { openTestOrm, type TestOrm } from '../../support/test-orm.js';

let orm: TestOrm;
let store: PostgresCacheStore;
beforeAll(async () => {
  orm = await openTestOrm([]);
  store = new PostgresCacheStore(orm.work);
});
afterAll(() => orm.close());
beforeEach(() => orm.database.query('truncate llm_cache, llm_cache_leases'));

const CONFIG = { llm: testLlmSettings() } as AppConfig;
/** A process with a memory of its own. */
function replica(shared: CacheStore = store) {
  const registry = new MetricsRegistry();
  const memory = new MemoryCache(createCache({ stores: [boundedMemoryStore()] }));
  const cache = new AnswerCache(memory, shared, new CacheMetrics(registry), CONFIG);
  return { cache, metrics: () => registry.metrics() };
}
const options = (more: Partial<CacheOptions> = {}): CacheOptions => ({
  ...{ functionName: 'test', ttlSeconds: 60, signal: new AbortController().signal, leaseMs: 5_000 },
  isOwnMatter: (error) => (error as Error).message === 'mine',
  ...more,
});
/** Somebody who answers when told to, and counts how often he is asked. */
function source(answer: string | null = 'answer') {
  const asked: PromiseWithResolvers<CachedAnswer>[] = [];
  const produce = (): Promise<CachedAnswer> => {
    const gate = Promise.withResolvers<CachedAnswer>();
    asked.push(gate);
    if (answer !== null) gate.resolve({ answer, interactionId: null });
    return gate.promise;
  };
  return { asked, produce };
}
const answerOf = (answer: string): CachedAnswer => ({ answer, interactionId: null });

describe('AnswerCache', () => {
  it('answers again out of memory, with a copy of its own each time', async () => {
    const { cache, metrics } = replica();
    const produce = () => Promise.resolve({ answer: { list: [1] }, interactionId: null });
    const first = await cache.through('k', options(), produce);
    (first.answer as { list: number[] }).list.push(2);
    const second = await cache.through('k', options(), () => Promise.reject(new Error('asked twice')));
    expect(second).toEqual({ answer: { list: [1] }, interactionId: null, from: 'l1' });
    expect(await metrics()).toContain('tandem_llm_cache_total{result="l1"} 1');
  });

  it('asks once for a thousand who want the same at the same time', async () => {
    const { cache } = replica();
    const { asked, produce } = source(null);
    const all = Array.from({ length: 1_000 }, () => cache.through('k', options(), produce));
    await eventually(() => asked.length > 0);
    asked[0]?.resolve(answerOf('one'));
    const from = (await Promise.all(all)).map((found) => found.from);
    expect(asked).toHaveLength(1);
    expect(from.filter((each) => each === 'miss')).toHaveLength(1);
    expect(from.filter((each) => each === 'flight')).toHaveLength(999);
  });

  it('shares answers with other processes', async () => {
    await replica().cache.through('k', options(), source('one').produce);
    const other = replica();
    const { asked, produce } = source();
    expect(await other.cache.through('k', options(), produce)).toMatchObject({ answer: 'one', from: 'l2' });
    expect(await other.cache.through('k', options(), produce)).toMatchObject({ answer: 'one', from: 'l1' });
    expect(asked).toHaveLength(0);
  });

  it('lets one of two processes ask, and the other take its answer', async () => {
    const first = source(null);
    const second = source('two');
    const leader = replica().cache.through('k', options(), first.produce);
    await eventually(() => first.asked.length > 0);
    const follower = replica().cache.through('k', options(), second.produce);
    first.asked[0]?.resolve(answerOf('one'));
    expect((await leader).from).toBe('miss');
    expect(await follower).toMatchObject({ answer: 'one', from: 'l2' });
    expect(second.asked).toHaveLength(0);
  });

  it('asks itself when the other process has gone', async () => {
    await store.findOrLease('k', '01920000-0000-7000-8000-00000000000f', 150);
    const found = await replica().cache.through('k', options(), source('own').produce);
    expect(found).toMatchObject({ answer: 'own', from: 'miss' });
  });

  it('forgets what is older than its time', async () => {
    await replica().cache.through('k', options(), source('old').produce);
    await orm.database.query(`update llm_cache set expires_at = now() - interval '1 second'`);
    expect(await replica().cache.through('k', options(), source('new').produce)).toMatchObject({
      answer: 'new',
      from: 'miss',
    });
    await orm.database.query(`update llm_cache set expires_at = now() - interval '1 second'`);
    expect(await store.deleteExpired(10)).toBe(1);
    expect(await orm.database.query('select * from llm_cache_leases')).toEqual([]);
  });

  it('does not keep errors, and gives the lease back', async () => {
    const { cache } = replica();
    await expect(cache.through('k', options(), () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await orm.database.query('select * from llm_cache_leases')).toEqual([]);
    expect(await cache.through('k', options(), source('again').produce)).toMatchObject({ answer: 'again' });
  });

  it('keeps and shares nothing for no time', async () => {
    const { cache } = replica();
    const { asked, produce } = source();
    await Promise.all([1, 2].map(() => cache.through('k', options({ ttlSeconds: 0 }), produce)));
    expect(asked).toHaveLength(2);
    expect(await orm.database.query('select * from llm_cache')).toEqual([]);
  });

  it('gives an error to all who shared the question', async () => {
    const { cache } = replica();
    const { asked, produce } = source(null);
    const all = [1, 2, 3].map(() => cache.through('k', options(), produce));
    await eventually(() => asked.length > 0);
    asked[0]?.reject(new Error('down'));
    const outcomes = await Promise.allSettled(all);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(asked).toHaveLength(1);
  });

  it('lets the others ask when the first one gave up for a reason of his own', async () => {
    const { cache } = replica();
    const { asked, produce } = source(null);
    const leader = cache.through('k', options(), produce);
    await eventually(() => asked.length > 0);
    const followers = [1, 2].map(() => cache.through('k', options(), produce));
    asked[0]?.reject(new Error('mine'));
    await expect(leader).rejects.toThrow('mine');
    await eventually(() => asked.length > 1);
    asked[1]?.resolve(answerOf('theirs'));
    expect((await Promise.all(followers)).map(({ answer }) => answer)).toEqual(['theirs', 'theirs']);
    expect(asked).toHaveLength(2);
  });

  it('lets the others ask when the first one was told to end while it waited for another process', async () => {
    await store.findOrLease('k', '01920000-0000-7000-8000-00000000000f', 600);
    const { cache } = replica();
    const leaving = new AbortController();
    const leader = cache.through('k', options({ signal: leaving.signal }), source('none').produce);
    const follower = cache.through('k', options(), source('own').produce);
    leaving.abort(new Error('had enough'));
    await expect(leader).rejects.toThrow();
    expect(await follower).toMatchObject({ answer: 'own' });
  });

  it('lets one leave alone', async () => {
    const { cache } = replica();
    const { asked, produce } = source(null);
    const leader = cache.through('k', options(), produce);
    await eventually(() => asked.length > 0);
    const leaving = new AbortController();
    const follower = cache.through('k', options({ signal: leaving.signal }), produce);
    leaving.abort(new Error('had enough'));
    await expect(follower).rejects.toThrow('had enough');
    asked[0]?.resolve(answerOf('one'));
    expect(await leader).toMatchObject({ answer: 'one' });
  });

  it('goes on in memory while the database is away', async () => {
    const away = () => Promise.reject(new Error('connection refused'));
    const broken = {
      findOrLease: away,
      save: away,
      release: away,
      deleteExpired: away,
    } as unknown as CacheStore;
    const { cache } = replica(broken);
    expect(await cache.through('k', options(), source('one').produce)).toMatchObject({ from: 'miss' });
    expect(await cache.through('k', options(), source('two').produce)).toMatchObject({
      answer: 'one',
      from: 'l1',
    });
  });
});

import { beforeEach, describe, expect, it } from '@jest/globals';
import { FixedPorts } from '../../../test/doubles/fixed-ports.js';
import { ManualClock } from '../../../test/doubles/manual-clock.js';
import { MODEL_USE } from '../model-use.port.js';
import { AnswerCounts } from './answer-counts.service.js';
import { type AnswerCount, AnswerCountsStore } from './answer-counts-store.port.js';
import type { CountedAnswer } from './counted-answer.js';

const AGENT = '01920000-0000-7000-8000-000000000001';
const MODEL = { source: 'model', reason: 'allowed' } as const;

/** Away while `error` is set; sums what it is given by kind. */
class SummingStore extends AnswerCountsStore {
  error: Error | null = null;
  statements = 0;
  readonly sums = new Map<string, number>();

  override add(counts: readonly AnswerCount[]): Promise<void> {
    this.statements += 1;
    if (this.error !== null) return Promise.reject(this.error);
    for (const { hour, functionName, agentId, source, reason, answers } of counts) {
      const key = `${hour.toISOString()} ${functionName} ${agentId} ${source} ${reason}`;
      this.sums.set(key, (this.sums.get(key) ?? 0) + answers);
    }
    return Promise.resolve();
  }

  override deleteSome(): Promise<number> {
    return Promise.resolve(0);
  }

  get all(): number {
    return [...this.sums.values()].reduce((sum, count) => sum + count, 0);
  }
}

let store: SummingStore;
let clock: ManualClock;
let heard: CountedAnswer[];
let counts: AnswerCounts;
beforeEach(() => {
  store = new SummingStore();
  clock = new ManualClock('2026-11-27T09:59:30.000Z');
  heard = [];
  const ports = new FixedPorts().with(MODEL_USE, {
    trackLlmCall: () => undefined,
    trackAnswer: (answer) => void heard.push(answer),
  });
  counts = new AnswerCounts(store, ports, clock);
});

describe('AnswerCounts', () => {
  it('adds up what is alike, by hour, in one statement', async () => {
    counts.count('f', { agentId: AGENT }, MODEL);
    counts.count('f', { agentId: AGENT }, MODEL);
    counts.count('f', {}, { source: 'twin', reason: 'refused' });
    clock.advance(60);
    counts.count('f', { agentId: AGENT }, MODEL);
    await counts.flush();
    expect(store.statements).toBe(1);
    expect(Object.fromEntries(store.sums)).toEqual({
      [`2026-11-27T09:00:00.000Z f ${AGENT} model allowed`]: 2,
      '2026-11-27T09:00:00.000Z f null twin refused': 1,
      [`2026-11-27T10:00:00.000Z f ${AGENT} model allowed`]: 1,
    });
    expect(heard).toHaveLength(4);
  });

  it.each(['feature_off', 'rollout_excluded', 'not_assisted', 'level_forbids'] as const)(
    'sends nothing and tells nobody where no model is wanted: %s',
    async (reason) => {
      counts.count('f', {}, { source: 'twin', reason });
      counts.count('f', {}, { source: 'rule', reason });
      await counts.flush();
      expect([store.statements, heard]).toEqual([0, []]);
    },
  );

  it('counts a twin that only repeats a rule as the rule', async () => {
    counts.count('f', {}, { source: 'twin', reason: 'rule_known' });
    await counts.flush();
    expect([...store.sums.keys()]).toEqual(['2026-11-27T09:00:00.000Z f null rule rule_known']);
  });

  it('keeps all of it while the database is away', async () => {
    store.error = new Error('away');
    counts.count('f', {}, MODEL);
    await expect(counts.flush()).rejects.toThrow('away');
    counts.count('f', {}, MODEL);
    await expect(counts.flush()).rejects.toThrow('away');
    store.error = null;
    await counts.flush();
    expect(store.all).toBe(2);
    await counts.flush();
    expect(store.all).toBe(2);
  });

  it('loses nothing of what is counted while it stores', async () => {
    const gate = Promise.withResolvers<void>();
    const add = store.add.bind(store);
    store.add = (batch) => gate.promise.then(() => add(batch));
    counts.count('f', {}, MODEL);
    const first = counts.flush();
    await Promise.resolve();
    counts.count('f', {}, MODEL);
    const second = counts.flush();
    gate.resolve();
    await Promise.all([first, second]);
    expect(store.all).toBe(2);
  });

  it('tells agents apart no more when too many counts wait, and the sum is right', async () => {
    store.error = new Error('away');
    const agent = (index: number) => `01920000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;
    for (let index = 0; index < 15_000; index += 1) counts.count('f', { agentId: agent(index) }, MODEL);
    await counts.flush().catch(() => undefined);
    store.error = null;
    await counts.flush();
    expect(store.sums.size).toBe(10_001);
    expect(store.sums.get('2026-11-27T09:00:00.000Z f null model allowed')).toBe(5_000);
    expect(store.all).toBe(15_000);
  });

  it('takes an id that is none for nobody', async () => {
    counts.count('f', { agentId: 'ada' }, MODEL);
    await counts.flush();
    expect([...store.sums.keys()]).toEqual(['2026-11-27T09:00:00.000Z f null model allowed']);
  });

  it('stores what waits when the process stops, when the database is back in time', async () => {
    store.error = new Error('away');
    counts.count('f', {}, MODEL);
    const stopped = counts.beforeApplicationShutdown();
    const add = store.add.bind(store);
    store.add = (batch) => {
      if (store.statements === 2) store.error = null;
      return add(batch);
    };
    await stopped;
    expect(store.all).toBe(1);
    expect(store.statements).toBeGreaterThan(2);
  });
});

import { describe, expect, it } from '@jest/globals';
import type { AppConfig } from '../../config/config.js';
import { testLlmSettings } from '../../../test/support/test-app.js';
import type { Verdict } from './domain/admit.js';
import { Ledger } from './ledger.service.js';
import { LedgerStore, type Reservation, type Settlement } from './ledger.port.js';

class RecordingStore {
  readonly reserved: string[][] = [];
  readonly settled: string[][] = [];
  failures = 0;
  refused = 0;
  isAway = false;
  beforeBooking: Promise<void> = Promise.resolve();
  onFirstLook: () => void = () => undefined;
  readonly costs: bigint[] = [];
  readonly poison = new Set<string>();

  async reserve(
    calls: readonly Reservation[],
    _defaults: unknown,
    isFinal = true,
  ): Promise<readonly Verdict[]> {
    this.reserved.push(calls.map(({ id }) => id));
    await new Promise(setImmediate);
    if (isFinal && this.isAway) throw new Error('the database is away');
    const tooBig = (id: string) =>
      id.startsWith('big') && !(id === 'big-until-booked' && this.settled.length > 0);
    const verdicts = calls.map(({ id }): Verdict =>
      tooBig(id) ? { admitted: false, exhausted: 'total' } : { admitted: true },
    );
    if (!isFinal) this.onFirstLook();
    if (isFinal) this.refused += verdicts.filter(({ admitted }) => !admitted).length;
    return verdicts;
  }

  async settle(settlements: readonly Settlement[]) {
    await this.beforeBooking;
    if (this.failures > 0) {
      this.failures -= 1;
      throw new Error('the database is away');
    }
    if (settlements.some(({ id }) => this.poison.has(id)))
      throw Object.assign(new Error('invalid byte sequence for encoding "UTF8": 0x00'), { code: '22021' });
    this.settled.push(settlements.map(({ id }) => id));
    this.costs.push(...settlements.map(({ cost }) => cost));
    return { overrun: [] };
  }
}

function ledger() {
  const store = new RecordingStore();
  const config = { llm: testLlmSettings() } as AppConfig;
  return { store, ledger: new Ledger(store as unknown as LedgerStore, config) };
}
const call = (id: string) => ({ id }) as Reservation;

describe('Ledger', () => {
  it('admits calls that wait together in one transaction', async () => {
    const { store, ledger: it } = ledger();
    const verdicts = await Promise.all(['a', 'big', 'c'].map((id) => it.reserve(call(id))));
    expect(verdicts.map(({ admitted }) => admitted)).toEqual([true, false, true]);
    expect(store.reserved).toEqual([['a', 'big', 'c']]);
  });

  it('refuses nobody for what a call holds that has ended', async () => {
    const { store, ledger: it } = ledger();
    const looked = Promise.withResolvers<void>();
    Object.assign(store, { beforeBooking: looked.promise, onFirstLook: looked.resolve });
    it.settle({ id: 'ended' } as Settlement);
    const ids = ['big-until-booked', 'b', 'big'];
    const verdicts = await Promise.all(ids.map((id) => it.reserve(call(id))));
    expect(verdicts.map(({ admitted }) => admitted)).toEqual([true, true, false]);
    expect(store.reserved).toEqual([ids, ['big-until-booked', 'big']]);
    expect(store.refused).toBe(1);
  });

  it('what was admitted stays so where those who ask again get no answer', async () => {
    const { store, ledger: it } = ledger();
    store.beforeBooking = new Promise(() => undefined);
    it.settle({ id: 'ended' } as Settlement);
    store.isAway = true;
    const verdicts = await Promise.all(['a', 'big'].map((id) => it.reserve(call(id))));
    expect(verdicts.map(({ admitted }) => admitted)).toEqual([true, false]);
  });

  it('books a call when the database is back', async () => {
    const { store, ledger: it } = ledger();
    store.failures = 2;
    it.settle({ id: 'a' } as Settlement);
    await it.booked();
    expect(store.settled).toEqual([['a']]);
  });

  it('holds nobody who reads for long while the database is away', async () => {
    const { store, ledger: it } = ledger();
    store.failures = 1_000_000;
    it.settle({ id: 'a' } as Settlement);
    await it.booked();
    expect(store.settled).toEqual([]);
    store.failures = 0;
    await it.beforeApplicationShutdown();
    expect(store.settled).toEqual([['a']]);
  });

  it('books the others when the database refuses one for what it says', async () => {
    const { store, ledger: it } = ledger();
    store.poison.add('bad');
    for (const id of ['a', 'bad', 'b']) it.settle({ id } as Settlement);
    await it.booked();
    it.settle({ id: 'later' } as Settlement);
    await it.booked();
    expect(store.settled).toEqual([['a'], ['b'], ['later']]);
  });

  it('books no more than a million dollars for one call: a provider can say any number of tokens', async () => {
    const { store, ledger: it } = ledger();
    it.settle({ id: 'a', cost: 10n ** 21n } as Settlement);
    it.settle({ id: 'b', cost: 5n } as Settlement);
    await it.booked();
    expect(store.costs).toEqual([1_000_000_000_000_000n, 5n]);
  });
});

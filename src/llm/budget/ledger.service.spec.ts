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
  readonly costs: bigint[] = [];
  readonly poison = new Set<string>();

  async reserve(calls: readonly Reservation[]): Promise<readonly Verdict[]> {
    this.reserved.push(calls.map(({ id }) => id));
    await new Promise(setImmediate);
    return calls.map(({ id }) =>
      id.startsWith('big') ? { admitted: false, exhausted: 'total' } : { admitted: true },
    );
  }

  async settle(settlements: readonly Settlement[]) {
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

  it('books a call when the database is back', async () => {
    const { store, ledger: it } = ledger();
    store.failures = 2;
    await it.settle({ id: 'a' } as Settlement);
    expect(store.settled).toEqual([['a']]);
  });

  it('does not hold its caller while the database is away', async () => {
    const { store, ledger: it } = ledger();
    store.failures = 1_000_000;
    await it.settle({ id: 'a' } as Settlement);
    expect(store.settled).toEqual([]);
    store.failures = 0;
    await it.beforeApplicationShutdown();
    expect(store.settled).toEqual([['a']]);
  });

  it('books the others when the database refuses one for what it says', async () => {
    const { store, ledger: it } = ledger();
    store.poison.add('bad');
    await Promise.all(['a', 'bad', 'b'].map((id) => it.settle({ id } as Settlement)));
    await it.settle({ id: 'later' } as Settlement);
    expect(store.settled).toEqual([['a'], ['b'], ['later']]);
  });

  it('books no more than a million dollars for one call: a provider can say any number of tokens', async () => {
    const { store, ledger: it } = ledger();
    await it.settle({ id: 'a', cost: 10n ** 21n } as Settlement);
    await it.settle({ id: 'b', cost: 5n } as Settlement);
    expect(store.costs).toEqual([1_000_000_000_000_000n, 5n]);
  });
});

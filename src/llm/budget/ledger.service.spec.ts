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
    this.settled.push(settlements.map(({ id }) => id));
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
    const startedAt = performance.now();
    await it.settle({ id: 'a' } as Settlement);
    // A call ends at its deadline and a second at most; its provider has a part of that second too.
    expect(performance.now() - startedAt).toBeLessThan(700);
    expect(store.settled).toEqual([]);
    store.failures = 0;
    await it.beforeApplicationShutdown();
    expect(store.settled).toEqual([['a']]);
  });
});

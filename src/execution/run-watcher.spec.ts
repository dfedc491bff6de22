import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import type { Lifecycle } from '../common/lifecycle.js';
import type { SessionConnection } from '../database/session-connection.js';
import { RunWatcher } from './run-watcher.js';
import type { RunsStore } from './runs-store.port.js';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

it('leaves no timer behind when the run cannot be read', async () => {
  const store = { findRun: () => Promise.reject(new Error('The database is away.')) };
  const watcher = new RunWatcher(
    {} as SessionConnection,
    store as unknown as RunsStore,
    { isDraining: false } as Lifecycle,
  );
  await expect(watcher.hasEndedWithin('run', 60_000)).rejects.toThrow('away');
  expect(jest.getTimerCount()).toBe(0);
});

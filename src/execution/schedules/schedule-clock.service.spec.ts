import { describe, expect, it } from '@jest/globals';
import { AppConfig } from '../../config/config.js';
import { ScheduleClock } from './schedule-clock.service.js';
import type { ScheduleFires } from './schedule-fires.service.js';
import type { DueSchedule, SchedulesStore } from './schedules.store.port.js';

const NOW = new Date('2026-11-22T12:00:00Z');
const away = (): Error => Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });

/** A clock that ticks when it is told to, and what it logs. */
class ClockTest {
  readonly logged: string[] = [];
  readonly excepted: string[][] = [];
  readonly fired: string[] = [];
  found: () => Promise<string[]> = () => Promise.resolve([]);
  fire: (id: string) => Promise<null> = () => Promise.resolve(null);
  readonly clock: ScheduleClock;

  constructor() {
    const store = {
      findDue: async (except: string[]) => {
        this.excepted.push(except);
        const ids = (await this.found()).filter((id) => !except.includes(id));
        return { schedules: ids.map((id) => ({ id }) as DueSchedule), now: NOW };
      },
    };
    const fires = {
      fire: ({ id }: DueSchedule) => {
        this.fired.push(id);
        return this.fire(id);
      },
    };
    const config = { role: 'api' } as AppConfig;
    this.clock = new ScheduleClock(
      config,
      store as unknown as SchedulesStore,
      fires as unknown as ScheduleFires,
    );
    const log = (message: unknown): number => this.logged.push(String(message));
    Object.assign(this.clock, { logger: { warn: log, log, error: log } });
  }

  /** One look at what is due; a look that fails is reported as the loop reports it. */
  async tick(): Promise<void> {
    const inner = this.clock as unknown as {
      tick(): Promise<void>;
      onAway(error: Error): void;
      firing: Map<string, Promise<void>>;
    };
    await inner.tick().catch((error: unknown) => inner.onAway(error as Error));
    await Promise.all(inner.firing.values());
  }
}

describe('ScheduleClock', () => {
  it('says once that the database is away, and once that it is back', async () => {
    const test = new ClockTest();
    test.found = () => Promise.reject(away());
    await test.tick();
    await test.tick();
    test.found = () => Promise.resolve(['a']);
    test.fire = () => Promise.reject(away());
    await test.tick();
    expect(test.logged).toEqual([
      'No schedule fires until the database is back: refused',
      'Schedules fire again',
      'No schedule fires until the database is back: refused',
    ]);
    test.fire = () => Promise.resolve(null);
    await test.tick();
    await test.tick();
    expect(test.logged.slice(3)).toEqual(['Schedules fire again']);
  });

  it('fires again what it could not because the database was away', async () => {
    const test = new ClockTest();
    test.found = () => Promise.resolve(['a']);
    test.fire = () => Promise.reject(away());
    await test.tick();
    await test.tick();
    expect(test.fired).toEqual(['a', 'a']);
  });

  it('leaves alone what it has failed to handle, and says why once', async () => {
    const test = new ClockTest();
    test.found = () => Promise.resolve(['a', 'b']);
    test.fire = (id) => (id === 'a' ? Promise.reject(new Error('unreadable')) : Promise.resolve(null));
    await test.tick();
    await test.tick();
    expect(test.fired).toEqual(['a', 'b', 'b']);
    expect(test.logged).toEqual(['Error: unreadable']);
  });

  it('works on four at once and does not look for what is under way', async () => {
    const test = new ClockTest();
    test.found = () => Promise.resolve(['a', 'b', 'c', 'd', 'e']);
    const gate = Promise.withResolvers<null>();
    test.fire = () => gate.promise;
    const ticked = test.tick();
    await new Promise(setImmediate);
    expect(test.fired).toEqual(['a', 'b', 'c', 'd']);
    gate.resolve(null);
    await ticked;
    expect(test.fired).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('stops when what is under way has ended, and begins nothing more', async () => {
    const test = new ClockTest();
    test.found = () => Promise.resolve(['a', 'b', 'c', 'd', 'e']);
    const gate = Promise.withResolvers<null>();
    test.fire = () => gate.promise;
    const ticked = test.tick();
    await new Promise(setImmediate);
    let hasStopped = false;
    const stopped = test.clock.beforeApplicationShutdown().then(() => (hasStopped = true));
    await new Promise(setImmediate);
    expect(hasStopped).toBe(false);
    gate.resolve(null);
    await Promise.all([stopped, ticked]);
    expect(test.fired).toEqual(['a', 'b', 'c', 'd']);
  });
});

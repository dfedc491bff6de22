import { setTimeout as sleep } from 'node:timers/promises';
import type { BrokenRule } from '../invariants.js';
import type { Harness } from './harness.js';
import { PROXY_MODES } from './proxy.js';

/** Longer than the lease of 5 s: others take over what a stopped process owns. */
const STOP_MS = [5_500, 8_000] as const;
const MODE_MS = [3_000, 8_000] as const;

export type Faults = (harness: Harness) => Promise<BrokenRule[]>;

/** SIGSTOP past the lease, SIGCONT; at most two of three stand still. */
export const stops =
  (count: number): Faults =>
  async ({ parts: { fleet, chance }, options }) => {
    let left = count;
    const stopSome = async (numbers: readonly number[]): Promise<void> => {
      while (left > 0) {
        left -= 1;
        const { member } = fleet.places[chance.pick(numbers)] ?? {};
        await sleep(chance.between(300, 1_500));
        member?.signal('SIGSTOP');
        await sleep(chance.between(...STOP_MS));
        member?.signal('SIGCONT');
        if (left % 5 === 0) options.report(`${count - left} stops`);
        await sleep(chance.between(500, 1_500));
      }
    };
    // No process is in both lists: a second SIGSTOP would mean nothing.
    await Promise.all([stopSome([0, 1]), stopSome([2])]);
    return [];
  };

/** PostgreSQL is struck down (immediate shutdown) and comes back. */
export const restarts =
  (count: number): Faults =>
  async ({ parts: { server, chance }, options }) => {
    for (let done = 1; done <= count; done += 1) {
      await sleep(chance.between(1_500, 4_000));
      await server.stop();
      await sleep(chance.between(0, 2_500));
      await server.startAgain();
      options.report(`PostgreSQL was restarted (${done} of ${count})`);
    }
    await sleep(1_000);
    return [];
  };

/** Each way to PostgreSQL is slow, reset, cut in the middle of a message, silent or well, for a few seconds each. */
export const network =
  (seconds: number): Faults =>
  async ({ parts: { fleet, chance }, options }) => {
    const until = Date.now() + seconds * 1_000;
    await Promise.all(
      fleet.places.map(async ({ number, proxy }) => {
        while (Date.now() < until) {
          const mode = chance.is(0.2) ? 'pass' : chance.pick(PROXY_MODES);
          options.report(`process ${number} reaches PostgreSQL through: ${mode}`);
          proxy.be(mode);
          await sleep(Math.min(chance.between(...MODE_MS), Math.max(0, until - Date.now())));
        }
        proxy.be('pass');
      }),
    );
    return [];
  };

/** Load and nothing else. */
export const calm =
  (seconds: number): Faults =>
  async () => {
    await sleep(seconds * 1_000);
    return [];
  };

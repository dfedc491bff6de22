import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it } from '@jest/globals';
import { Harness } from './chaos/harness.js';
import { KillRound } from './chaos/kills.js';
import { playRound } from './chaos/play.js';
import { network, restarts, stops } from './chaos/rounds.js';

/** The short form of `npm run test:reliability`: some of everything in less than a minute. */
const SEED = 1_234;
const POINTS = ['irreversible-start.after', 'effect.after'];
const SETTLE_MS = 25_000;

let harness: Harness | undefined;
afterAll(() => harness?.close(), 20_000);

it('every rule holds under kill -9, SIGSTOP, a restart of PostgreSQL and a bad network', async () => {
  const startedAt = performance.now();
  const lines: string[] = [];
  const report = (line: string): void => {
    lines.push(`${((performance.now() - startedAt) / 1_000).toFixed(1)} s: ${line}`);
  };
  harness = await Harness.start({ seed: SEED, report, hasLong: false, isModest: true, runsPerSecond: 3 });
  const round = {
    name: 'a bit of everything',
    faults: async (on: Harness) => {
      const broken = await new KillRound(on, { kills: 2, points: POINTS, withinMs: 6_000 }).run();
      for (const place of on.parts.fleet.places)
        if (place.member?.isAlive !== true) await on.parts.fleet.fill(place, null);
      await Promise.all([stops(1)(on), sleep(1_000).then(() => network(2)(on))]);
      return [...broken, ...(await restarts(1)(on))];
    },
  };
  const { broken, runs, faultSeconds, settleSeconds } = await playRound(harness, round, SETTLE_MS);
  const seconds = (performance.now() - startedAt) / 1_000;
  console.log(
    `${runs} runs; faults for ${faultSeconds.toFixed(1)} s, settled in ${settleSeconds.toFixed(1)} s, all in ${seconds.toFixed(1)} s\n${lines.join('\n')}`,
  );
  expect(broken).toEqual([]);
  expect(runs).toBeGreaterThan(20);
}, 120_000);

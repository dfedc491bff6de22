import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fullOr } from '../full.js';
import { Harness, type Result } from './harness.js';
import { OVERSPEND } from './money-rules.js';
import { playAway, playExact, playFaults } from './scenarios.js';

/** TANDEM_TEST_SEED repeats the choices of an earlier run; the moments at which processes meet remain its own. */
const SEED = Number(process.env['TANDEM_TEST_SEED'] ?? 2026);
const FAULTS = fullOr({
  full: { waves: 20, callsAWave: 1_280, killsAWave: 1 },
  usual: { waves: 1, callsAWave: 1_024, killsAWave: 2 },
});
const EXACT = fullOr({
  full: { waves: 8, callsAWave: 1_280, killsAWave: 1 },
  usual: { waves: 1, callsAWave: 640, killsAWave: 0 },
});
const NAIVE = { waves: 1, callsAWave: 640, killsAWave: 0 };
const NAIVE_PLAYS = fullOr({ full: 10, usual: 5 });
/** Every day it is enough to notice it once. */
const ENOUGH = fullOr({ full: NAIVE_PLAYS, usual: 1 });
const CUTS = fullOr({ full: 5, usual: 1 });

function show(title: string, { broken, largest, ...figures }: Result): void {
  const share = largest.limit === 0n ? '-' : `${largest.sum} of ${largest.limit} n$`;
  console.log(`${title}: ${JSON.stringify({ ...figures, largest: share, broken: broken.length })}`);
}

describe('4 processes with 64 calls each under way, a budget for a tenth of the calls', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await Harness.start({ seed: SEED, workflowLimitNanoUsd: 4_000_000n * BigInt(FAULTS.waves) });
  }, 60_000);
  afterAll(() => harness?.close(), 30_000);

  it(`never overspend: bad providers, lost answers, ${FAULTS.waves * FAULTS.killsAWave} kill -9`, async () => {
    const result = await playFaults(harness, FAULTS);
    show('Faults', result);
    expect(result).toMatchObject({ seed: SEED, broken: [] });
    // It went to the limit, and there was something to lose.
    expect(result.largest.sum * 100n).toBeGreaterThan(result.largest.limit * 95n);
    expect(result.reasons['budget_exhausted']).toBeGreaterThan(result.calls / 3);
    expect(result.kills).toBe(FAULTS.waves * FAULTS.killsAWave);
    expect(result.killed).toBeGreaterThan(result.kills);
  }, 600_000);

  it('admit exactly what fits when every call is billed its bound', async () => {
    const { result, expected, found } = await playExact(harness, EXACT);
    show('Exact', result);
    expect({ ...result, found }).toMatchObject({ seed: SEED, broken: [], found: expected });
  }, 300_000);

  it('book everything once when PostgreSQL was away while models answered', async () => {
    const result = await playAway(harness, CUTS);
    show('Away', result);
    expect(result).toMatchObject({ seed: SEED, broken: [] });
  }, 120_000);

  it('would overspend with check-then-add, which is noticed', async () => {
    let noticed = 0;
    for (let play = 1; play <= NAIVE_PLAYS; play += 1) {
      const result = await playFaults(harness, NAIVE, { isNaive: true });
      const overspent = result.broken.filter(({ rule }) => rule === OVERSPEND).length;
      show(`Check-then-add ${play}, overspent ${overspent} times`, result);
      if (overspent > 0) noticed += 1;
      if (noticed === ENOUGH) break;
    }
    expect(noticed).toBeGreaterThanOrEqual(ENOUGH === 1 ? 1 : NAIVE_PLAYS / 2);
  }, 300_000);
});

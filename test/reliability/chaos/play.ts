import type { BrokenRule } from '../invariants.js';
import type { Harness } from './harness.js';
import type { Faults } from './rounds.js';

export interface Round {
  readonly name: string;
  readonly faults: Faults;
}

export interface RoundResult {
  readonly name: string;
  readonly runs: number;
  readonly faultSeconds: number;
  readonly settleSeconds: number;
  readonly broken: readonly BrokenRule[];
}

const seconds = (since: number): number => (performance.now() - since) / 1_000;

/** One round: load and faults, then everything is healed, every run ends, everything is checked. */
export async function playRound(
  harness: Harness,
  { name, faults }: Round,
  settleMs: number,
): Promise<RoundResult> {
  const { report } = harness.options;
  report(`— ${name}`);
  const startedAt = performance.now();
  harness.begin();
  const ofFaults = await faults(harness);
  const faultSeconds = seconds(startedAt);
  const healedAt = performance.now();
  const isSettled = await harness.settle(settleMs);
  const settleSeconds = seconds(healedAt);
  report(
    `${name}: healed; ${isSettled ? `every run ended within ${settleSeconds.toFixed(1)} s` : 'not every run ended'}`,
  );
  const unwell = await harness.unwell();
  const { broken, runs } = await harness.brokenSoFar();
  return { name, runs, faultSeconds, settleSeconds, broken: [...ofFaults, ...unwell, ...broken] };
}

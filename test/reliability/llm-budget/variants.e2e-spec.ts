import { describe, expect, it } from '@jest/globals';
import { fullOr } from '../full.js';
import { Harness } from './harness.js';
import { playFaults } from './scenarios.js';
import { VARIANTS } from './variants.js';

const SEED = Number(process.env['TANDEM_TEST_SEED'] ?? 2026);
const SIZE = { waves: 1, callsAWave: 1_280, killsAWave: 1 };

/** Each needs four processes of its own: too long for every day. */
fullOr({ full: describe, usual: describe.skip })('The harness notices', () => {
  it.each(VARIANTS)(
    '$name',
    async ({ name, replacements, finds }) => {
      const harness = await Harness.start({ seed: SEED, workflowLimitNanoUsd: 4_000_000n, replacements });
      try {
        const { broken, ...figures } = await playFaults(harness, SIZE);
        const rules = [...new Set(broken.map(({ rule }) => rule))];
        const times = broken.filter(({ rule }) => rule === finds).length;
        console.log(`${name}: noticed ${times} times; broken are: ${rules.join('; ')}`, figures);
        expect(rules).toContain(finds);
      } finally {
        await harness.close();
      }
    },
    120_000,
  );
});

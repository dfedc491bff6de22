import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { fullOr } from '../full.js';
import { Harness } from './harness.js';
import { playFaults } from './scenarios.js';
import { VARIANTS } from './variants.js';

const ROOT = resolve(import.meta.dirname, '../../..');
const SEED = Number(process.env['TANDEM_TEST_SEED'] ?? 2026);
const SIZE = { waves: 1, callsAWave: 1_280, killsAWave: 1 };

it.each(VARIANTS)('$name is a change of the sources as they are', ({ replacements }) => {
  for (const { file, text } of replacements)
    expect(readFileSync(join(ROOT, file), 'utf8').split(text)).toHaveLength(2);
});

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

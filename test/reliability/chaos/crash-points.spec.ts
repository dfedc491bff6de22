import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { CRASH_POINTS } from './crash-points.js';

const documented = readFileSync('docs/failure-semantics.md', 'utf8');

it.each(CRASH_POINTS)('the documentation says what happens at $name', ({ name }) => {
  expect(documented).toContain(`\`${name}\``);
});

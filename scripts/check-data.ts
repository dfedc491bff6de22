/**
 * Checks code that plans and measures against public data: `npm run check:data -- --data <folder>`.
 * Expects `workflow-traces/*.json`, `timed-plans/asynchow.jsonl` and `recorded-model-plans/` in the folder; exits 1 at
 * any mismatch.
 */
import { parseArgs } from 'node:util';
import { measure } from './check-data/measure.js';
import { checkRecordedPlans } from './check-data/recorded-plans.js';
import { checkTimedPlans } from './check-data/timed-plans.js';
import { checkTraces } from './check-data/traces.js';

const { values } = parseArgs({ options: { data: { type: 'string' } } });
if (values.data === undefined) {
  console.error('Usage: npm run check:data -- --data <folder>');
  process.exit(2);
}

const mismatches = checkTraces(values.data) + checkTimedPlans(values.data) + checkRecordedPlans(values.data);
measure(values.data);
console.log(mismatches === 0 ? '\nNo mismatch.' : `\n${mismatches} mismatches.`);
process.exitCode = mismatches === 0 ? 0 : 1;

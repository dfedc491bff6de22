/**
 * Checks code that plans and measures against public data: `npm run check:data -- --data <folder>`.
 * Expects `workflow-traces/*.json`, `timed-plans/asynchow.jsonl` and `recorded-model-plans/` in the folder; exits 1 at
 * any mismatch.
 */
import { parseArgs } from 'node:util';
import { measure } from './check-data/measure.js';
import { checkOrders, measureOrders } from './check-data/orders.js';
import { checkRecordedPlans } from './check-data/recorded-plans.js';
import { checkTimedPlans } from './check-data/timed-plans.js';
import { checkTraces } from './check-data/traces.js';

const { values } = parseArgs({ options: { data: { type: 'string' } } });
if (values.data === undefined) {
  console.error('Usage: npm run check:data -- --data <folder>');
  process.exit(2);
}

const checks = [checkTraces, checkTimedPlans, checkRecordedPlans, checkOrders];
const mismatches = checks.reduce((sum, check) => sum + check(values.data as string), 0);
measure(values.data);
measureOrders();
console.log(mismatches === 0 ? '\nNo mismatch.' : `\n${mismatches} mismatches.`);
process.exitCode = mismatches === 0 ? 0 : 1;

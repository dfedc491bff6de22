/**
 * Checks the graph and quote code against public data: `node scripts/check-data.ts --data <folder>`.
 * Expects `workflow-traces/*.json` and `timed-plans/asynchow.jsonl` in the folder; exits 1 at any mismatch.
 */
import { registerHooks } from 'node:module';
import { parseArgs } from 'node:util';

// Sources name each other as the build does (`.js`); Node runs them as they are (`.ts`).
registerHooks({
  resolve(specifier, context, nextResolve) {
    try {
      return nextResolve(specifier, context);
    } catch (error) {
      if (!/^\.{1,2}\/.*\.js$/.test(specifier)) throw error;
      return nextResolve(specifier.replace(/\.js$/, '.ts'), context);
    }
  },
});

const { values } = parseArgs({ options: { data: { type: 'string' } } });
if (values.data === undefined) {
  console.error('Usage: node scripts/check-data.ts --data <folder>');
  process.exit(2);
}
const { checkTraces } = await import('./check-data/traces.js');
const { checkTimedPlans } = await import('./check-data/timed-plans.js');
const { measure } = await import('./check-data/measure.js');

const mismatches = checkTraces(values.data) + checkTimedPlans(values.data);
measure(values.data);
console.log(mismatches === 0 ? '\nNo mismatch.' : `\n${mismatches} mismatches.`);
process.exitCode = mismatches === 0 ? 0 : 1;

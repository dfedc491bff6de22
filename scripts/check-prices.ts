/**
 * Compares the price list with the prices `@pydantic/genai-prices` was published with, offline:
 * `npm run check:prices [-- --day 2027-01-01]`. Exits 1 when a price differs. Which of the two is right, the vendor's
 * page says. For developers only: at run time the price list alone counts.
 */
import { parseArgs } from 'node:util';
import { priceListOn } from '../src/llm/domain/price-list.js';
import { compareRow } from './check-prices/compare-row.ts';

const { values } = parseArgs({ options: { day: { type: 'string' } } });
const day = values.day ?? new Date().toISOString().slice(0, 10);
const instant = new Date(day);
if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(instant.getTime())) {
  console.error(`--day must be a day such as 2027-01-01, not "${day}".`);
  process.exit(2);
}

const compared = priceListOn(instant).map((model) => ({ model, result: compareRow(model, day) }));
const missing = compared.filter(({ result }) => !result.inLibrary).map(({ model }) => model);
const differences = compared.flatMap(({ result }) => (result.inLibrary ? result.differences : []));

if (missing.length > 0) {
  console.log('Not in the library, so not compared:');
  for (const { provider, model, asOf } of missing) console.log(`  ${provider}:${model} (as of ${asOf})`);
}
if (differences.length > 0) {
  const usd = (pico: number | undefined): string => (pico === undefined ? 'none' : `$${pico / 1_000_000}`);
  console.log('\nDifferent prices, USD per million tokens:');
  console.table(differences.map((row) => ({ ...row, ours: usd(row.ours), library: usd(row.library) })));
}
const agreeing = compared.length - missing.length - new Set(differences.map(({ model }) => model)).size;
console.log(
  `\n${day}: ${compared.length} rows, ${agreeing} agree, ${missing.length} not compared, ${differences.length} prices differ.`,
);
process.exitCode = differences.length > 0 ? 1 : 0;

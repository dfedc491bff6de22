// `npm run bench [-- part …] [--json FILE] [--data-dir FOLDER] [--assert]`; see README.md.
// `npm run bench plan-quality -- …` needs no server; see plan-quality/README.md.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BenchApp } from './bench-app.js';
import { type BenchServer, startBenchServer } from './bench-server.js';
import { layered } from './definitions.js';
import { isMet, type PartReport } from './figures.js';
import { describeMachine } from './machine.js';
import { measureChain } from './parts/chain.js';
import { measureDag, measureLarge } from './parts/dag.js';
import { measureLlm } from './parts/llm.js';
import { measureParked } from './parts/parked.js';
import { measurePlan } from './parts/plan.js';
import { measureQuote } from './parts/quote.js';
import { measureRecovery } from './parts/recovery.js';
import { measureStart } from './parts/start.js';
import { runPlanQuality } from './plan-quality/main.js';
import { renderReport, toJson } from './print-report.js';

const PARTS: Readonly<Record<string, (app: BenchApp, server: BenchServer) => Promise<PartReport>>> = {
  dag: measureDag,
  large: measureLarge,
  chain: measureChain,
  parked: measureParked,
  quote: measureQuote,
  start: (_app, { folder }) => measureStart(folder),
  llm: measureLlm,
  plan: measurePlan,
  recovery: measureRecovery,
};

/** Compiles the hot path and fills the caches of PostgreSQL before anything is measured. */
async function warmUp(app: BenchApp): Promise<void> {
  const workflowId = await app.createWorkflow(layered(10, 20));
  for (let round = 0; round < 3; round += 1) await app.executeRuns(workflowId, 10);
}

async function measure(server: BenchServer, names: readonly string[]): Promise<Record<string, PartReport>> {
  const databaseUrl = await server.createDatabase('bench');
  const app = await BenchApp.start(databaseUrl, join(server.folder, 'app'));
  const reports: Record<string, PartReport> = {};
  try {
    await warmUp(app);
    for (const name of names) {
      console.error(`${name} …`);
      reports[name] = await (PARTS[name] as (typeof PARTS)[string])(app, server);
    }
    return reports;
  } finally {
    await app.close();
  }
}

if (process.argv[2] === 'plan-quality') process.exit(runPlanQuality(process.argv.slice(3)));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'string' }, 'data-dir': { type: 'string' }, assert: { type: 'boolean' } },
});
const unknown = positionals.filter((name) => !(name in PARTS));
if (unknown.length > 0) {
  console.error(
    `There is no part ${unknown.join(', ')}. Parts: ${Object.keys(PARTS).join(', ')}, plan-quality.`,
  );
  process.exit(2);
}

const server = await startBenchServer(values['data-dir']);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void server.remove().finally(() => process.exit(130)));
try {
  const parts = await measure(server, positionals.length > 0 ? positionals : Object.keys(PARTS));
  const machine = await describeMachine(server.url);
  const report = { date: new Date().toISOString().slice(0, 10), machine, parts };
  const json = JSON.stringify(toJson(report), null, 2);
  console.log(renderReport(report));
  if (values.json === undefined) console.log(`\n${json}`);
  else writeFileSync(values.json, `${json}\n`);
  const isAllMet = Object.values(parts).every(({ figures }) => figures.every(isMet));
  if (values.assert === true && !isAllMet) process.exitCode = 1;
} finally {
  await server.remove();
}

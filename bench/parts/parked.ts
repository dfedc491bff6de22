import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchApp } from '../bench-app.js';
import { approval } from '../definitions.js';
import type { PartReport } from '../figures.js';

const ROUNDS = 3;
const RUNS = 1_000;
const RUNS_PER_TRANSACTION = 100;
const PARK_LIMIT_MS = 60_000;
/** Idle connections are closed after 30 s. */
const CONNECTIONS_LIMIT_MS = 45_000;
const LOOK_MS = 250;

async function until(holds: () => Promise<boolean>, limitMs: number): Promise<boolean> {
  const deadline = Date.now() + limitMs;
  while (!(await holds())) {
    if (Date.now() > deadline) return false;
    await sleep(LOOK_MS);
  }
  return true;
}

async function connections(app: BenchApp): Promise<number> {
  const [row] = await app.query<{ count: number }>({
    text: `select count(*)::integer as count from pg_stat_activity
           where datname = current_database() and application_name like 'tandem%'`,
    values: [],
  });
  return row?.count ?? NaN;
}

async function park(app: BenchApp, workflowId: string, count: number): Promise<void> {
  for (let started = 0; started < count; started += RUNS_PER_TRANSACTION)
    await app.startRuns(workflowId, Math.min(RUNS_PER_TRANSACTION, count - started));
  const isParked = async (): Promise<boolean> => {
    const [row] = await app.query<{ open: number }>({
      text: `select count(*)::integer as open from runs
             where workflow_id = $1 and not (status = 'waiting' and owner_id is null)`,
      values: [workflowId],
    });
    return row?.open === 0;
  };
  if (!(await until(isParked, PARK_LIMIT_MS))) throw new Error(`${count} runs did not park in time.`);
}

async function memory(): Promise<{ readonly heap: number; readonly rss: number }> {
  if (globalThis.gc === undefined) throw new Error('Start the benchmark with --expose-gc.');
  for (let pass = 0; pass < 3; pass += 1) {
    globalThis.gc();
    await sleep(LOOK_MS);
  }
  const { heapUsed, rss } = process.memoryUsage();
  return { heap: heapUsed, rss };
}

/** Runs that wait for a person: what the process still holds for them. */
export async function measureParked(app: BenchApp): Promise<PartReport> {
  const workflowId = await app.createWorkflow(approval);
  await park(app, workflowId, RUNS_PER_TRANSACTION);
  await until(async () => (await connections(app)) <= 6, CONNECTIONS_LIMIT_MS);
  const connectionsBefore = await connections(app);
  const heapPerRun: number[] = [];
  const rssPerRun: number[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const before = await memory();
    await park(app, workflowId, RUNS);
    const after = await memory();
    heapPerRun.push((after.heap - before.heap) / RUNS);
    rssPerRun.push((after.rss - before.rss) / RUNS);
  }
  const slots = await app.metric('tandem_busy_task_slots');
  const owned = await app.metric('tandem_owned_runs');
  await until(async () => (await connections(app)) <= connectionsBefore, CONNECTIONS_LIMIT_MS);
  const more = (await connections(app)) - connectionsBefore;
  const none = { atMost: 0 };
  return {
    figures: [
      { name: 'parked.ownedRuns', unit: 'runs', rounds: [owned], target: none },
      { name: 'parked.busySlots', unit: 'slots', rounds: [slots], target: none },
      { name: 'parked.moreConnections', unit: 'connections', rounds: [more], target: none },
      // The collector is never quite done: the median of the rounds, and a bound well below what a run itself takes.
      { name: 'parked.heapGrowth', unit: 'bytes/run', rounds: heapPerRun, target: { atMost: 1_024 } },
      { name: 'parked.rssGrowth', unit: 'bytes/run', rounds: rssPerRun },
    ],
    notes: [],
  };
}

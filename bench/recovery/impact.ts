import { createRequire } from 'node:module';
import pg from 'pg';
import { INTELLIGENCE_LEVELS, type IntelligenceLevel } from '../../src/common/intelligence.js';
import type { BenchServer } from '../bench-server.js';
import { layered } from '../definitions.js';
import { median } from '../figures.js';
import { waitUntilQuiet } from '../quiet.js';
import { CELLS } from './cells.js';
import { MODELS } from './models.js';
import { RecoveryWorld } from './world.js';

const FAILURES = 60;
const ROUNDS = 15;
const RUNS = 30;

/** What the model knows it by. */
const ADJUSTABLE = CELLS.find(({ kind }) => kind.cure === 'parameters')?.word ?? '';

/** What a level costs. */
export interface Impact {
  readonly level: IntelligenceLevel;
  /** Of runs without failures. */
  readonly callsPerTask: number;
  readonly statementsPerRun: number;
  /** Time of the same runs, by rounds. */
  readonly toBasic: readonly number[];
  /** Of failures that rules have nothing against. */
  readonly callsPerFailure: number;
  readonly usdPerFailure: number;
  /** From the failure on record to the next attempt, p50; null: there is none. */
  readonly addedMs: number | null;
  readonly recovered: number;
}

/** Counts statements of the application while work is done. */
async function countStatements(work: () => Promise<unknown>): Promise<number> {
  const path = createRequire(import.meta.resolve('@mikro-orm/postgresql')).resolve('pg');
  const { default: ormDriver } = (await import(path)) as { default: typeof pg };
  const prototypes = [...new Set([pg.Client, ormDriver.Client])].map(
    ({ prototype }) => prototype as { query: unknown },
  );
  const sent = prototypes.map(({ query }) => query as (...args: unknown[]) => unknown);
  let count = 0;
  prototypes.forEach((prototype, index) => {
    prototype.query = function (this: unknown, ...args: unknown[]) {
      count += 1;
      return sent[index]?.apply(this, args);
    };
  });
  try {
    await work();
  } finally {
    prototypes.forEach((prototype, index) => (prototype.query = sent[index]));
  }
  return count;
}

interface Side {
  readonly level: IntelligenceLevel;
  readonly quiet: string;
  /** One task after the other: no checkpoint takes two steps by chance. */
  readonly chain: string;
  readonly failing: string;
}

const failing = (owner: string) => ({
  tasks: [
    {
      ...{ taskId: 'step', taskType: 'ops.step', agentId: owner, dependencies: [] },
      retry: { maxAttempts: 1, initialDelaySeconds: 0, maxDelaySeconds: 0 },
      parameters: { message: '{{ run.input.message }}', cure: 'parameters' },
    },
  ],
});

/** Impact by level, with a good model and the mode `adaptive`. */
export async function measureImpact(server: BenchServer): Promise<Impact[]> {
  const world = await RecoveryWorld.start(server, 'impact', MODELS.good);
  try {
    const sides: Side[] = [];
    for (const level of INTELLIGENCE_LEVELS) {
      const { owner } = await world.team(level, 'adaptive');
      const quiet = await world.workflow(owner, layered(10, 20));
      const chain = await world.workflow(owner, layered(20, 1));
      sides.push({ level, quiet, chain, failing: await world.workflow(owner, failing(owner)) });
    }
    const rounds = await inTurns(world, sides);
    const basic = rounds.get('basic') ?? [];
    const impacts: Impact[] = [];
    for (const side of sides)
      impacts.push({
        ...(await withoutFailure(world, side)),
        toBasic: (rounds.get(side.level) ?? []).map((ms, round) => ms / (basic[round] as number)),
        ...(await withFailures(world, side)),
        level: side.level,
      });
    return impacts;
  } finally {
    await world.close();
  }
}

/** Milliseconds of runs without failures, another level first each time. */
async function inTurns(
  world: RecoveryWorld,
  sides: readonly Side[],
): Promise<Map<IntelligenceLevel, number[]>> {
  const rounds = new Map(sides.map(({ level }) => [level, [] as number[]]));
  for (let round = -2; round < ROUNDS; round += 1) {
    await waitUntilQuiet('recovery');
    for (let place = 0; place < sides.length; place += 1) {
      const { level, quiet } = sides[(place + round + 2) % sides.length] as Side;
      const ms = await world.app.executeRuns(quiet, RUNS);
      if (round >= 0) rounds.get(level)?.push(ms);
    }
  }
  return rounds;
}

/** What the clock does meanwhile is in some of the counts only. */
async function withoutFailure(world: RecoveryWorld, { chain }: Side) {
  const before = world.requests;
  const counts: number[] = [];
  for (let run = 0; run < 25; run += 1)
    counts.push(await countStatements(() => world.app.executeRuns(chain, 1)));
  return { callsPerTask: (world.requests - before) / counts.length, statementsPerRun: Math.min(...counts) };
}

async function withFailures(world: RecoveryWorld, { level, failing: workflow }: Side) {
  const before = world.requests;
  const statuses: string[] = [];
  for (let run = 0; run < FAILURES; run += 1) {
    // Letters of its own each time: nothing is learned.
    const word = [...`${level}${run}`]
      .map((each) => String.fromCharCode(97 + (each.charCodeAt(0) % 26)))
      .join('');
    statuses.push(
      await world.play(workflow, { message: `Failure ${ADJUSTABLE} ${word} ${'x'.repeat(run + 1)}.` }),
    );
  }
  const [cost] = await world.app.query<{ nano: string }>({
    text: `select coalesce(sum(i.cost_nano), 0)::text as nano from llm_interactions i where i.workflow_id = $1`,
    values: [workflow],
  });
  const delays = await world.app.query<{ ms: number }>({
    text: `select (extract(epoch from n.at - f.at) * 1000)::double precision as ms
           from run_events f join runs r on r.id = f.run_id
           join lateral (select at from run_events e where e.run_id = f.run_id and e.sequence > f.sequence
             and e.type = 'task.started' order by e.sequence limit 1) n on true
           where r.workflow_id = $1 and f.type = 'task.recovering'`,
    values: [workflow],
  });
  return {
    callsPerFailure: (world.requests - before) / FAILURES,
    usdPerFailure: Number(cost?.nano ?? 0) / 1e9 / FAILURES,
    addedMs: delays.length === 0 ? null : median(delays.map(({ ms }) => ms)),
    recovered: statuses.filter((status) => status === 'succeeded').length / FAILURES,
  };
}

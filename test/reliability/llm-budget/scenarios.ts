import { setTimeout as sleep } from 'node:timers/promises';
import { withAdmin } from '../../support/test-database.js';
import { eventually } from '../../support/eventually.js';
import { MIXES } from './billing-provider.js';
import type { Harness, Result } from './harness.js';

const UNLIMITED = 1_000_000_000_000n;

export interface Size {
  /** Plans of calls, one after the other; each raises the limit by what fits a tenth of it. */
  readonly waves: number;
  readonly callsAWave: number;
  readonly killsAWave: number;
}

/** Everything goes wrong that can, under limits of every kind of scope. */
export function playFaults(harness: Harness, size: Size, { isNaive = false } = {}): Promise<Result> {
  const { world, fleet } = harness;
  const scenario = {
    provider: { mix: MIXES.faults, billsAll: false, latencyMs: [20, 250] as const },
    store: { isNaive, lossChance: isNaive ? 0 : 0.05 },
  };
  return harness.play(scenario, async () => {
    let sum = 0n;
    await harness.spentYesterday(world.agents[0] as string, 1_000_000_000n);
    for (let wave = 0; wave < size.waves; wave += 1) {
      const calls = harness.plan(size.callsAWave, { timeoutMs: 1_500, isUniform: false });
      sum += harness.boundOf(calls);
      await harness.limit(`workflow:${world.workflows[0]}`, sum / 33n);
      await harness.limit(`agent:${world.agents[0]}`, sum / 100n);
      await harness.limit(`run:${world.runs[7]}`, sum / 200n);
      await harness.limit('total', sum / 10n);
      killAtRandom(harness, size.killsAWave, size.callsAWave / 10);
      const ended = new AbortController();
      const reaping = reapAtRandom(harness, ended.signal);
      await fleet.ask(calls);
      ended.abort();
      await reaping;
    }
    return size.waves * size.callsAWave;
  });
}

/** Every request is billed its upper bound. `expected`: rows the total and the first workflow must have at the end. */
export async function playExact(
  harness: Harness,
  size: Size,
): Promise<{ readonly result: Result; readonly expected: number[]; readonly found: number[] }> {
  const { world } = harness;
  const scenario = {
    provider: { mix: MIXES.billed, billsAll: true, latencyMs: [20, 120] as const },
    store: { isNaive: false, lossChance: 0.05 },
  };
  const calls = size.waves * size.callsAWave;
  const expected = [Math.floor(calls / 10), Math.floor(calls / 40)] as const;
  const first = `workflow:${world.workflows[0]}`;
  let found: number[] = [];
  const result = await harness.play(scenario, async () => {
    const planned = harness.plan(calls, { timeoutMs: 60_000, isUniform: true });
    const bound = harness.boundOf(planned.slice(0, 1));
    for (const workflow of world.workflows) await harness.limit(`workflow:${workflow}`, UNLIMITED);
    await harness.limit('total', BigInt(expected[0]) * bound + bound - 1n);
    await harness.limit(first, BigInt(expected[1]) * bound + bound / 2n);
    killAtRandom(harness, size.waves * size.killsAWave, expected[0]);
    await harness.fleet.ask(planned);
    found = await Promise.all(
      ['total', first].map(async (scope) => {
        const [row] = await harness.query<{ count: number }>(
          'select count(*)::integer as count from llm_interactions where scopes @> array[$1]',
          [scope],
        );
        return row?.count ?? Number.NaN;
      }),
    );
    return calls;
  });
  return { result, expected: [...expected], found };
}

/** PostgreSQL takes nobody while all calls under way are answered, for longer than a caller waits for its booking. */
export function playAway(harness: Harness, times: number): Promise<Result> {
  const { provider, world, fleet } = harness;
  const scenario = {
    provider: { mix: MIXES.fine, billsAll: false, latencyMs: [0, 400] as const },
    store: { isNaive: false, lossChance: 0.1 },
  };
  const calls = 256;
  return harness.play(scenario, async () => {
    for (const workflow of world.workflows) await harness.limit(`workflow:${workflow}`, UNLIMITED);
    for (let time = 0; time < times; time += 1) {
      const answers = Promise.withResolvers<void>();
      provider.gate = answers.promise;
      const visited = provider.visits.length;
      const before = provider.visits.length + fleet.endings.length;
      const all = fleet.ask(harness.plan(calls, { timeoutMs: 20_000, isUniform: false }));
      // Some end at once: the answer to their reservation gets lost. The others arrive.
      await eventually(() => provider.visits.length + fleet.endings.length >= before + calls);
      await cutOff(harness, async () => {
        answers.resolve();
        await sleep(2_600);
        const [row] = await harness.query<{ open: number }>(
          'select count(*)::integer as open from llm_interactions where settled_at is null',
        );
        const waiting = provider.visits.length - visited;
        if ((row?.open ?? 0) < waiting)
          throw new Error(`Of ${waiting} calls ${row?.open} were open: the database was not away.`);
      });
      await all;
    }
    return times * calls;
  });
}

/** Nobody but the harness is connected, or can connect, until `meanwhile` is over. */
async function cutOff({ database, query }: Harness, meanwhile: () => Promise<void>): Promise<void> {
  const url = new URL(database.url);
  const name = url.pathname.slice(1);
  url.pathname = '/postgres';
  const allow = (allowed: boolean) =>
    withAdmin(url.href, (admin) => admin.query(`alter database ${name} allow_connections ${allowed}`));
  await allow(false);
  try {
    await query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name like 'tandem%'`,
    );
    await meanwhile();
  } finally {
    await allow(true);
  }
}

/**
 * Among the next requests some are chosen: while one of them is answered its process is killed. As a budget that fits
 * `among` requests is enough for more of them, all of these moments come.
 */
function killAtRandom({ fleet, provider, chance }: Harness, kills: number, among: number): void {
  const begun = provider.visits.length;
  const moments = Array.from({ length: kills }, () => begun + chance.whole(1, Math.ceil(among / 2)));
  provider.onVisit = ({ taskId }) => {
    const due = moments.findIndex((moment) => moment <= provider.visits.length);
    const victim = fleet.living.find(({ underWay }) => underWay.has(taskId));
    if (due === -1 || victim === undefined || fleet.living.length === 1) return;
    moments.splice(due, 1);
    setTimeout(() => (victim.isAlive ? fleet.kill(victim) : void moments.push(0)), chance.between(0, 20));
  };
}

async function reapAtRandom(harness: Harness, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await sleep(harness.chance.between(100, 300));
    await harness.expire(0.1);
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { eventually } from '../support/eventually.js';
import { RestartableServer } from '../support/restartable-server.js';
import { fullOr } from './full.js';
import { brokenRules, watch } from './invariants.js';
import { Worker } from './worker.js';

const PROCESSES = 3;
const AGENTS = 50;
const RUNS = 25;
const TASKS_PER_RUN = fullOr({ full: 200, usual: 20 });
const KILLS = fullOr({ full: 20, usual: 2 });
const MAX_LIMIT = 4;

describe(`${PROCESSES} processes, ${AGENTS} agents with limits, ${RUNS * TASKS_PER_RUN} tasks, ${KILLS} kills`, () => {
  let server: RestartableServer;
  let pool: pg.Pool;
  const workers: Worker[] = [];
  const agents: string[] = [];
  const runs: string[] = [];

  const query = async <Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) =>
    (await pool.query<Row>(text, [...values])).rows;
  const start = (): Promise<Worker> => Worker.start({ databaseUrl: server.url, runSlots: 16, taskSlots: 64 });
  const count = async (what: string): Promise<number> =>
    (await query<{ count: number }>(`select count(*)::int as count from ${what}`))[0]?.count ?? Number.NaN;

  /** Layers of ten, so that a run always has something that is ready. */
  const tasksOf = (run: number) =>
    Array.from({ length: TASKS_PER_RUN }, (_, index) => ({
      taskId: `t${index}`,
      agentId: agents[(run * 7 + index * 11) % AGENTS],
      taskType: 'test.sleep',
      parameters: { ms: 20 + ((index * 37) % 100) },
      priority: index % 3,
      dependencies: index < 10 ? [] : [`t${index - 10}`],
    }));

  beforeAll(async () => {
    server = await RestartableServer.start();
    await server.migrate();
    pool = new pg.Pool({ connectionString: server.url, max: 3 });
    pool.on('error', () => undefined);
    await watch(query);
    workers.push(...(await Promise.all(Array.from({ length: PROCESSES }, start))));
  }, 90_000);
  afterAll(async () => {
    await Promise.all(workers.filter(({ isAlive }) => isAlive).map((worker) => worker.stop('SIGKILL')));
    await pool.end();
    await server.close();
  }, 30_000);

  it('never exceed a limit, and leave no permit behind', async () => {
    const [first] = workers as [Worker];
    const root = await first.post('/agents', { name: 'root', capabilities: ['*'] });
    for (let index = 0; index < AGENTS; index += 1) {
      const agent = { name: `limited ${index}`, capabilities: ['*'], parentAgentId: root.id };
      const made = await first.post('/agents', { ...agent, maxConcurrentTasks: 1 + (index % MAX_LIMIT) });
      agents.push(made.id);
    }
    for (let index = 0; index < RUNS; index += 1) {
      const body = { name: `run ${index}`, ownerAgentId: root.id, definition: { tasks: tasksOf(index) } };
      const workflow = await first.post('/workflows', body);
      runs.push((await first.post(`/workflows/${workflow.id}/runs`, {})).id);
    }
    const isAtLimit = async (): Promise<boolean> =>
      (await count('agent_permits where granted_at is null')) > 0;
    await eventually(isAtLimit, { what: 'Tasks that wait for a permit' });
    for (let kill = 0; kill < KILLS; kill += 1) {
      const victim = kill % PROCESSES;
      await (workers[victim] as Worker).stop('SIGKILL');
      workers[victim] = await start();
      await sleep(200);
    }
    const open = () => count('runs where finished_at is null');
    await eventually(async () => (await open()) === 0, { withinMs: 120_000, what: 'The end of all runs' });
    expect(await count(`runs where status = 'succeeded'`)).toBe(RUNS);
    expect(await brokenRules(query, runs)).toEqual([]);
    expect(await count('agent_permits')).toBe(0);
    const [told] = await query<{ queued: number; interrupted: number }>(
      `select count(*) filter (where type = 'task.queued')::int as queued,
         count(*) filter (where type = 'task.retried' and data ->> 'reason' = 'interrupted')::int as interrupted from run_events`,
    );
    console.log(`${told?.queued} tasks had to wait, ${told?.interrupted} attempts were interrupted`);
    expect(told?.queued).toBeGreaterThan(RUNS);
  }, 300_000);
});

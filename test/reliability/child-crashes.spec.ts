import { AsyncLocalStorage } from 'node:async_hooks';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId } from '../../src/common/ids.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { disown } from '../../src/execution/adapters/processes.sql.js';
import { RunQueue } from '../../src/execution/run-queue.port.js';
import { RunStarts } from '../../src/execution/run-starts.service.js';
import { EngineTest } from '../support/engine-test.js';
import { eventually } from '../support/eventually.js';
import { CRASH_POINTS } from './chaos/crash-points.js';
import { type SentStatement, watchStatements } from './chaos/statements.js';
import { fullOr } from './full.js';
import { brokenRules, watch } from './invariants.js';

/** Crashes between a child run and its parent: the connection is cut and the run abandoned. */
const CRASHES = fullOr({ full: 1_000, usual: 40 });
const WAVE = 40;
const POINTS = CRASH_POINTS.filter(({ name }) => name.startsWith('child-'));

let engine: EngineTest;
let parentWorkflow: string;
/** Place of a parent run among all: says where its crash comes. */
const places = new Map<string, number>();
const crashed = new Map<string, string>();
let stopWatching: () => void;
/** Not in the transaction that is cut. */
const outside = AsyncLocalStorage.snapshot();

/** The parent, and the run whose owner writes: of a child's start the parent's, of its end the child's. */
function concerned({ text, values }: SentStatement): { parentId: string; runId: string }[] {
  const first = JSON.parse(String(values[0])) as unknown;
  if (text.includes('insert into run_signals')) {
    const ends = first as { runId: string; payload: { runId: string } }[];
    return ends.map(({ runId: parentId, payload: { runId } }) => ({ parentId, runId }));
  }
  const { parent_run_id: parentId } = first as { parent_run_id: string };
  return [{ parentId, runId: parentId }];
}

/** As after the death of its owner: nobody executes the run, whoever fetches its new job goes on. */
async function abandon(runId: string): Promise<void> {
  const { app } = engine.test;
  engine.worker.ownedRuns.find((run) => run.runId === runId)?.abandon('lost');
  const work = app.get(UnitOfWork);
  await eventually(() =>
    work.transactional(async () => {
      const text = 'select id from runs where id = $1 and finished_at is null for no key update';
      if ((await work.query({ text, values: [runId] })).length === 0) return true;
      const jobs = [{ runId, jobId: newId() }];
      await work.query(disown(jobs));
      await app.get(RunQueue).enqueue(jobs);
      return true;
    }),
  );
}

beforeAll(async () => {
  engine = await EngineTest.start();
  await watch(engine.query);
  const child = await engine.workflow([{ taskId: 'a', taskType: 'test.noop' }]);
  parentWorkflow = await engine.workflow([
    { taskId: 'run', taskType: 'workflow.run', parameters: { workflowId: child, input: {} } },
  ]);
  stopWatching = watchStatements((moment, statements) => {
    let isCut = false;
    for (const [index, point] of POINTS.entries()) {
      if (point.moment !== moment) continue;
      for (const { parentId, runId } of statements.filter(point.is).flatMap(concerned)) {
        if (crashed.has(parentId) || (places.get(parentId) ?? 0) % POINTS.length !== index) continue;
        crashed.set(parentId, point.name);
        outside(() => void abandon(runId));
        isCut = true;
      }
    }
    return isCut;
  });
});
afterAll(async () => {
  stopWatching();
  await engine.close();
});

it(`no child run is doubled in ${CRASHES} crashes between child and parent`, async () => {
  const { app } = engine.test;
  const parents: string[] = [];
  while (parents.length < CRASHES) {
    const wave = await app.get(UnitOfWork).transactional(async () => {
      const started: string[] = [];
      for (let run = 0; run < WAVE; run += 1)
        started.push(await app.get(RunStarts).startWorkflow(parentWorkflow, null));
      return started;
    });
    for (const id of wave) places.set(id, places.size);
    parents.push(...wave);
    await eventually(
      async () => {
        const [row] = await engine.query<{ open: number }>(
          'select count(*)::integer as open from runs where finished_at is null',
        );
        return row?.open === 0;
      },
      { withinMs: 60_000, what: 'The end of a wave' },
    );
  }
  const ends = await engine.query<{ id: string; status: string; children: number }>(
    `select r.id, r.status, (select count(*)::integer from runs child where child.parent_run_id = r.id) as children
     from runs r where r.id = any($1)`,
    [parents],
  );
  expect(ends.filter(({ status, children }) => status !== 'succeeded' || children !== 1)).toEqual([]);
  expect(crashed.size).toBe(parents.length);
  expect(new Set(crashed.values()).size).toBe(POINTS.length);
  const all = await engine.query<{ id: string }>('select id from runs');
  const ids = all.map(({ id }) => id);
  expect(await brokenRules(engine.query, ids)).toEqual([]);
  console.log(
    `${crashed.size} crashes between child and parent: ${parents.length} parents, each with one child`,
  );
}, 600_000);

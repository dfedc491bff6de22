import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { EngineStore } from '../../src/execution/engine-store.port.js';
import { OwnersStore } from '../../src/execution/owners-store.port.js';
import { RunStarts } from '../../src/execution/run-starts.service.js';
import { TaskSignalsService } from '../../src/execution/task-signals.service.js';
import { EngineTest } from '../support/engine-test.js';
import { eventually } from '../support/eventually.js';
import { fullOr } from './full.js';

/** Parks against signals that come in the same moment. */
const RACES = fullOr({ full: 10_000, usual: 250 });
const WAVE = 50;
/** About as long as an answer takes. */
const ANSWER_MS = 40;

let engine: EngineTest;
let swept = 0;
beforeAll(async () => {
  engine = await EngineTest.start();
  // A sweep that finds something has mended what must not happen.
  const owners = engine.test.app.get(OwnersStore);
  const sweep = owners.sweep.bind(owners);
  owners.sweep = async (limit) => {
    const found = await sweep(limit);
    swept += found;
    return found;
  };
});
afterAll(() => engine.close());

/** From now on every park meets the answer that wakes its run: both are sent in the same moment. */
function answerEveryPark(): void {
  const store = engine.test.app.get(EngineStore);
  const signals = engine.test.app.get(TaskSignalsService);
  const park = store.park.bind(store);
  const answered = new Set<string>();
  store.park = async (request) => {
    const { runId } = request;
    if (answered.has(runId)) return park(request);
    answered.add(runId);
    const [task] = await engine.query<{ id: string }>('select id from tasks where run_id = $1', [runId]);
    const answer = signals.complete(task?.id ?? '', { answer: 1, by: 'ada' });
    // An answer takes several statements: the park meets it anywhere between the first and the commit.
    await sleep(Math.random() * ANSWER_MS);
    const [isParked] = await Promise.all([park(request), answer]);
    return isParked;
  };
}

it(`no wake-up is lost in ${RACES} parks`, async () => {
  const app = engine.test.app;
  answerEveryPark();
  const workflowId = await engine.workflow([
    { taskId: 'ask', taskType: 'human.task', parameters: { question: '?' } },
  ]);
  let parked = 0;
  for (let done = 0; done < RACES; done += WAVE) {
    const ids = await app.get(UnitOfWork).transactional(async () => {
      const started: string[] = [];
      for (let run = 0; run < WAVE; run += 1)
        started.push(await app.get(RunStarts).startWorkflow(workflowId, null));
      return started;
    });
    await eventually(
      async () => {
        const [row] = await engine.query<{ open: number }>(
          'select count(*)::integer as open from runs where id = any($1) and finished_at is null',
          [ids],
        );
        return row?.open === 0;
      },
      { what: 'The end of a wave', withinMs: 30_000 },
    );
    const [row] = await engine.query<{ parked: number }>(
      `select count(*)::integer as parked from run_events where run_id = any($1) and type = 'run.parked'`,
      [ids],
    );
    parked += row?.parked ?? 0;
  }
  expect(swept).toBe(0);
  // Both sides of the race were met: runs that parked first, and runs whose signal came first.
  expect(parked).toBeGreaterThan(0);
  expect(parked).toBeLessThan(RACES);
  console.log(
    `${RACES} races: ${parked} runs parked before their signal, ${RACES - parked} were kept awake by it`,
  );
}, 600_000);

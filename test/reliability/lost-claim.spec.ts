import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { EngineStore } from '../../src/execution/engine-store.port.js';
import { RunQueue } from '../../src/execution/run-queue.port.js';
import { EngineTest } from '../support/engine-test.js';
import { eventually } from '../support/eventually.js';

let first: EngineTest;
let second: EngineTest | undefined;
beforeAll(async () => {
  first = await EngineTest.start();
});
afterAll(async () => {
  await second?.close();
  await first.close();
});

// A claim that is committed and not answered: pg-boss hands the job out again after 10 s of silence.
it.failing(
  'a run whose claim was committed without an answer goes on, whoever fetches its job then',
  async () => {
    const { app, database } = first.test;
    const store = app.get(EngineStore);
    const claim = store.claim.bind(store);
    let isLost = false;
    store.claim = async (...given) => {
      await claim(...given);
      // From now on the other process fetches; this one lives.
      app.get(RunQueue).fetch = () => Promise.resolve([]);
      isLost = true;
      throw new Error('Connection terminated unexpectedly');
    };
    const runId = await first.start([{ taskId: 'a', taskType: 'test.noop' }]);
    await eventually(() => isLost);
    second = await EngineTest.start({ database });
    const run = await first.ended(runId, 18_000);
    expect(run.status).toBe('succeeded');
  },
  60_000,
);

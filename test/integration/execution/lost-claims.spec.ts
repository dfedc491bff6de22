import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { EngineStore } from '../../../src/execution/engine-store.port.js';
import { EngineTest } from '../../support/engine-test.js';
import { eventually } from '../../support/eventually.js';

let engine: EngineTest;
beforeAll(async () => {
  engine = await EngineTest.start();
});
afterAll(() => engine.close());

/** The next claim is committed, and its answer is this error. */
function loseNextClaim(error: Error): jest.Spied<EngineStore['claim']> {
  const store = engine.test.app.get(EngineStore);
  const claim = store.claim.bind(store);
  const spy = jest.spyOn(store, 'claim');
  return spy.mockImplementationOnce(async (...given) => {
    await claim(...given);
    throw error;
  });
}

/** Nobody else would take these runs: their owner lives. */
describe('a run whose claim was committed without an answer', () => {
  it('is claimed again by the same process', async () => {
    const claim = loseNextClaim(new Error('Connection terminated unexpectedly'));
    const run = await engine.run([{ taskId: 'a', taskType: 'test.noop' }]);
    expect(run.status).toBe('succeeded');
    claim.mockRestore();
  });

  it('is given back when the process could not read it', async () => {
    const claim = loseNextClaim(Object.assign(new Error('too large'), { code: '54000' }));
    const id = await engine.start([{ taskId: 'a', taskType: 'test.noop' }]);
    await eventually(() => claim.mock.results.length > 0);
    claim.mockRestore();
    // Its answer is lost before it is committed.
    const isClaimed = async () => (await engine.get(`/runs/${id}`)).body.status === 'running';
    await eventually(isClaimed);
    await engine.worker.releaseUnheld();
    expect(await isClaimed()).toBe(true);
    await engine.worker.releaseUnheld();
    expect((await engine.ended(id)).status).toBe('succeeded');
  });
});

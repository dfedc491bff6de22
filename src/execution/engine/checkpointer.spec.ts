import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { InMemoryEngineStore } from '../../../test/doubles/in-memory-engine.store.js';
import { tasksOf } from '../../../test/factories/definition.factory.js';
import { eventually } from '../../../test/support/eventually.js';
import { Drive } from '../../../test/support/run-drive.js';
import { silentMetrics } from '../../../test/doubles/silent-metrics.js';
import type { RunInput } from '../domain/run-input.js';
import { Checkpointer, type Stored } from './checkpointer.js';

/** A run whose steps go to the checkpointer one by one. */
class Submitting {
  private readonly drive = Drive.of(tasksOf({ a: [], b: [] })).claim();
  readonly runId: string;
  readonly parent = null;

  constructor(
    private readonly checkpointer: Checkpointer,
    readonly epoch = '1',
  ) {
    this.runId = this.drive.state.runId;
  }

  feed(input: RunInput, signal?: number): Promise<Stored> {
    const { last } = this.drive.feed(input);
    if (last === null) throw new Error('no step');
    return this.checkpointer.submit(this, last, signal);
  }

  start(task: number): Promise<Stored> {
    return this.feed({ kind: 'attemptStarted', task, effect: 'none' });
  }

  succeed(task: number): Promise<Stored> {
    return this.feed({ kind: 'attemptSucceeded', task, attempt: 1, result: { json: '1' } });
  }
}

describe('the checkpointer', () => {
  let store: InMemoryEngineStore;
  let checkpointer: Checkpointer;
  beforeAll(() => Logger.overrideLogger(false));
  beforeEach(() => {
    store = new InMemoryEngineStore();
    checkpointer = new Checkpointer(store, silentMetrics());
  });

  it('stores the steps of one turn together: of each task its last state, of events all', async () => {
    const run = new Submitting(checkpointer);
    expect(await Promise.all([run.start(0), run.succeed(0), run.start(1)])).toEqual([
      'stored',
      'stored',
      'stored',
    ]);
    expect(store.checkpoints).toHaveLength(1);
    expect(store.checkpoints[0]).toMatchObject([
      {
        epoch: '1',
        eventCount: 7,
        productive: true,
        end: null,
        tasks: [{ state: { status: 'succeeded' } }, { state: { status: 'running' } }],
      },
    ]);
    expect(store.checkpoints[0]?.[0]?.events.map(({ sequence, type }) => `${sequence} ${type}`)).toEqual([
      '5 task.started',
      '6 task.succeeded',
      '7 task.started',
    ]);
  });

  it('has one statement under way; the next batch gathers meanwhile, of all runs', async () => {
    const gate = Promise.withResolvers<void>();
    store.hold = gate.promise;
    const [one, two] = [new Submitting(checkpointer), new Submitting(checkpointer)];
    const first = one.start(0);
    await new Promise((resolve) => setImmediate(resolve));
    const later = [one.succeed(0), two.start(0), one.start(1)];
    await new Promise((resolve) => setImmediate(resolve));
    expect(store.checkpoints).toHaveLength(1);
    gate.resolve();
    expect([await first, ...(await Promise.all(later))]).toEqual(Array(4).fill('stored'));
    expect(store.checkpoints[1]?.map(({ runId }) => runId)).toEqual([one.runId, two.runId]);
  });

  it('tells a run that has another owner, and stores the others of its batch', async () => {
    const [mine, lost] = [new Submitting(checkpointer), new Submitting(checkpointer)];
    store.refuse = ({ runId }) => runId === lost.runId;
    expect(await Promise.all([mine.start(0), lost.start(0), lost.succeed(0)])).toEqual([
      'stored',
      'lost',
      'lost',
    ]);
  });

  it('finds the one run that cannot be stored among many', async () => {
    const runs = Array.from({ length: 9 }, () => new Submitting(checkpointer));
    store.unfit = ({ runId }) => runId === runs[4]?.runId;
    const stored = await Promise.all(runs.map((run) => run.start(0)));
    expect(stored.map((what, index) => (what === 'stored' ? index : what))).toEqual([
      0,
      1,
      2,
      3,
      'unstorable',
      5,
      6,
      7,
      8,
    ]);
  });

  it('stores nothing that follows from a step that cannot be stored', async () => {
    const gate = Promise.withResolvers<void>();
    store.hold = gate.promise;
    const run = new Submitting(checkpointer);
    store.unfit = ({ eventCount }) => eventCount === 5;
    const first = run.start(0);
    await eventually(() => store.checkpoints.length === 1);
    const later = run.start(1);
    gate.resolve();
    expect(await Promise.all([first, later])).toEqual(['unstorable', 'unstorable']);
    expect(store.checkpoints).toHaveLength(1);
  });

  it('goes on until the database is there again', async () => {
    store.failing = new Error('Connection terminated unexpectedly');
    const stored = new Submitting(checkpointer).start(0);
    await eventually(() => store.checkpoints.length >= 2);
    store.failing = null;
    expect(await stored).toBe('stored');
  });

  it('gives up what it has when it is closed and the database is away', async () => {
    store.failing = new Error('Connection terminated unexpectedly');
    const stored = new Submitting(checkpointer).start(0);
    checkpointer.close();
    expect(await stored).toBe('lost');
  });

  it('sends the signals with the steps that applied them', async () => {
    const run = new Submitting(checkpointer);
    await Promise.all([
      run.feed({ kind: 'signal', signal: { kind: 'unsupported', name: 'x' } }, 3),
      run.feed({ kind: 'signal', signal: { kind: 'cancel', by: 'ada' } }, 4),
    ]);
    expect(store.checkpoints[0]).toMatchObject([{ appliedSignals: [3, 4], end: { status: 'cancelled' } }]);
  });
});

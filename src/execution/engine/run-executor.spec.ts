import { afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { InMemoryEngineStore } from '../../../test/doubles/in-memory-engine.store.js';
import { silentMetrics } from '../../../test/doubles/silent-metrics.js';
import { aTask, aTaskType } from '../../../test/factories/definition.factory.js';
import { aStoredTask } from '../../../test/factories/run.factory.js';
import { eventually } from '../../../test/support/eventually.js';
import { newId } from '../../common/ids.js';
import type { Effect } from '../../tasks/domain/effect.js';
import type { RegisteredTaskType } from '../../tasks/domain/registered-task-type.js';
import type { TaskOutcome } from '../../tasks/domain/task-outcome.js';
import type { TaskContext } from '../../tasks/domain/task-type.js';
import { nextMove, PARK_THRESHOLD_MS } from '../domain/next-move.js';
import type { ClaimedRun, StoredSignal } from '../engine-store.port.js';
import { Checkpointer } from './checkpointer.js';
import type { EngineContext } from './engine-context.js';
import { RECOVERY_ADVISOR } from '../recovery-advisor.port.js';
import { type Departure, RunExecutor } from './run-executor.js';
import { Slots } from './slots.js';

type Execute = (context: TaskContext) => Promise<TaskOutcome<unknown>>;

function typeOf(execute: Execute, effect: Effect, onStart: () => void): RegisteredTaskType {
  const effects = (): Effect => {
    onStart();
    return effect;
  };
  const type = aTaskType({ effects });
  return { ...type, handler: { execute: (_parameters, context) => execute(context) } };
}

/** Enough for the start to be fed, few enough to come before its checkpoint is sent. */
const MICROTASKS = 12;
async function afterMicrotasks(count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) await Promise.resolve();
}

const cancel: StoredSignal = { sequence: 1, kind: 'cancel', taskId: null, payload: { by: 'ada' } };

describe('the executor of a run', () => {
  let store: InMemoryEngineStore;
  let departures: Departure[];
  let executor: RunExecutor;
  let reports: string[] = [];
  beforeAll(() => Logger.overrideLogger(false));
  beforeEach(() => {
    store = new InMemoryEngineStore();
    departures = [];
    reports = [];
  });
  afterEach(() => executor.abandon('released'));

  function begin(
    execute: Execute,
    more: { effect?: Effect; claim?: Partial<ClaimedRun>; onStart?: () => void },
  ) {
    const { effect = 'none', claim = {}, onStart = () => undefined } = more;
    const type = typeOf(execute, effect, onStart);
    const context: EngineContext = {
      store,
      checkpointer: new Checkpointer(store, silentMetrics()),
      slots: new Slots(4),
      services: {
        advisor: RECOVERY_ADVISOR.fallback,
        taskTypes: { find: () => type } as never,
        children: undefined as never,
        onBudgetExhausted: () => Promise.resolve('twin'),
        permits: undefined as never,
        adaptationAdvisor: { notice: () => undefined },
      },
      traces: { open: () => null } as never,
      readInbox: () => Promise.resolve(),
      report: (message) => reports.push(message),
    };
    const run: ClaimedRun = {
      job: { jobId: newId(), attempt: 0, runId: 'run' },
      runId: newId(),
      workflowId: null,
      epoch: '1',
      definition: { tasks: [aTask()] },
      input: null,
      eventCount: 1,
      signalSeq: 0,
      deadlineAt: null,
      fruitlessClaims: 0,
      previousStatus: 'queued',
      reason: null,
      assisted: false,
      nesting: 0,
      parent: null,
      tasks: [aStoredTask()],
      limitedAgents: [],
      ...claim,
    };
    executor = new RunExecutor(run, context, (_executor, how) => departures.push(how));
    executor.begin([]);
  }

  const inDays = (days: number): Date => new Date(Date.now() + days * 86_400_000);
  const waits = (at: Date) => (): Promise<TaskOutcome<unknown>> =>
    Promise.resolve({ kind: 'waitUntil', at, result: 1 });

  it('parks when only time can go on, and leaves', async () => {
    const at = inDays(1);
    begin(waits(at), {});
    await eventually(() => departures[0] === 'parked');
    expect(store.parks).toMatchObject([{ epoch: '1', signalSeq: 0, wakeAt: at.getTime() }]);
  });

  it('wakes in time although it could not park until it was too late to park', async () => {
    const away = new Error('The database is away');
    store.park = (request) => {
      store.parks.push(request);
      return Promise.reject(away);
    };
    // Far enough to park when the wait is stored, near enough to be held when the next beat comes.
    begin(waits(new Date(Date.now() + PARK_THRESHOLD_MS + 60)), {});
    await eventually(() => store.parks.length === 1 && reports.length > 0);
    await eventually(() => nextMove(executor.state, Date.now()).kind === 'hold');
    jest.useFakeTimers({ now: Date.now(), doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    executor.retryParking();
    jest.advanceTimersByTime(PARK_THRESHOLD_MS);
    jest.useRealTimers();
    await eventually(() => departures[0] === 'ended');
  });

  it('repeats an attempt in time although its failure is still on its way to the database', async () => {
    const never = Promise.withResolvers<void>();
    const retry = { maxAttempts: 2, initialDelaySeconds: 0.02, maxDelaySeconds: 0.02 };
    begin(
      () => {
        store.hold = never.promise;
        return Promise.reject(new Error('not yet'));
      },
      { claim: { definition: { tasks: [aTask({ retry })] } } },
    );
    await eventually(() => executor.state.tasks.get(0).failedAttempts === 1);
    await eventually(() => executor.state.tasks.get(0).status === 'ready', { withinMs: 2_000 });
    never.resolve();
  });

  it('ends at its time limit although something is always on its way to the database', async () => {
    const never = Promise.withResolvers<void>();
    store.hold = never.promise;
    begin(waits(inDays(1)), { claim: { deadlineAt: Date.now() + 30 } });
    await eventually(() => executor.state.end?.reason === 'timed_out', { withinMs: 2_000 });
    never.resolve();
  });

  it('does not call an irreversible handler when a cancel is stored together with its start', async () => {
    let calls = 0;
    begin(
      () => {
        calls += 1;
        return Promise.resolve({ kind: 'done', result: 1 });
      },
      {
        effect: 'irreversible',
        onStart: () => void afterMicrotasks(MICROTASKS).then(() => executor.applySignals([cancel])),
      },
    );
    await eventually(() => departures[0] === 'ended');
    const last = store.checkpoints.at(-1)?.[0];
    expect(last?.events.map(({ type }) => type)).toEqual(['task.started', 'task.unknown', 'run.cancelled']);
    expect(calls).toBe(0);
  });

  it('leaves when its steps are refused, and aborts what it executes', async () => {
    const called = Promise.withResolvers<TaskContext>();
    begin((context) => {
      called.resolve(context);
      return new Promise(() => undefined);
    }, {});
    const { signal } = await called.promise;
    store.refuse = () => true;
    executor.feed({ kind: 'signal', signal: { kind: 'unsupported', name: 'x' } }, 1);
    await eventually(() => departures[0] === 'lost');
    expect(signal.aborted).toBe(true);
  });

  it('gives up its own run, and throws nothing, when a step cannot be decided', async () => {
    begin(waits(new Date(Date.now() + 5_000)), {});
    await eventually(() => executor.state.tasks.get(0).status === 'waiting');
    // Stands for any fault of the rules: a task that is not there.
    expect(() => executor.feed({ kind: 'conditionFalse', task: 7 })).not.toThrow();
    expect(departures).toEqual(['unstorable']);
    expect(reports.at(-1)).toMatch(/cannot go on/);
  });

  it.each([
    [4, 'run.taken-over'],
    [5, 'run.failed'],
  ])('after %d fruitless claims begins with %s', async (fruitlessClaims, type) => {
    begin(waits(inDays(1)), { claim: { fruitlessClaims, previousStatus: 'running' } });
    await eventually(() => store.checkpoints.length > 0);
    const types = store.checkpoints[0]?.[0]?.events.map((event) => event.type);
    expect(types).toContain(type);
  });
});

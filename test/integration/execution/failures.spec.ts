import { describe, expect, it } from '@jest/globals';
import { brokenRules } from '../../reliability/invariants.js';
import { useEngine } from '../../support/use-engine.js';

const QUICK = { maxAttempts: 3, initialDelaySeconds: 0.01, maxDelaySeconds: 0.02 };

describe('attempts that fail', () => {
  const engine = useEngine();

  const one = (taskType: string, parameters: object, more: object = {}) => [
    { taskId: 'a', taskType, parameters, retry: QUICK, ...more },
  ];

  it('are repeated with the same key until one succeeds', async () => {
    const run = await engine.run(one('test.fail', { times: 2 }));
    expect(run).toMatchObject({ status: 'succeeded', output: { a: { attempt: 3 } } });
    const calls = engine.calls.of(run.id);
    expect(calls.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    expect(new Set(calls.map(({ key }) => key)).size).toBe(1);
    expect(await engine.eventTypes(run.id)).toEqual([
      'run.queued',
      'run.started',
      'task.ready a',
      'task.started a',
      'task.failed a',
      'task.retried a',
      'task.started a',
      'task.failed a',
      'task.retried a',
      'task.started a',
      'task.succeeded a',
      'run.succeeded',
    ]);
  });

  it('fail the run with the last error when none does', async () => {
    const run = await engine.run([
      ...one('test.fail', {}),
      { taskId: 'b', taskType: 'test.noop', dependencies: ['a'] },
    ]);
    expect(run).toMatchObject({ status: 'failed', reason: 'task_failed', output: null });
    expect(await engine.tasks(run.id)).toMatchObject({
      a: { status: 'failed', attempt: 3, error: { code: 'told_to_fail', message: 'Attempt 3 fails.' } },
      b: { status: 'cancelled', attempt: 0 },
    });
    expect(engine.calls.of(run.id)).toHaveLength(3);
  });

  it('are not repeated when the error cannot pass', async () => {
    const run = await engine.run(one('test.fail', { retryable: false }));
    expect(run.status).toBe('failed');
    expect(engine.calls.of(run.id)).toHaveLength(1);
  });

  it('of an optional task leave null behind, and the run goes on', async () => {
    const run = await engine.run([
      ...one('test.fail', { retryable: false }, { optional: true }),
      {
        taskId: 'b',
        taskType: 'test.noop',
        parameters: { value: { got: '{{ tasks.a.result }}' } },
        dependencies: ['a'],
      },
    ]);
    expect(run).toMatchObject({ status: 'succeeded', output: { b: { got: null } } });
  });

  it('with an irreversible effect that certainly did not happen are repeated', async () => {
    const run = await engine.run(one('test.fail', { happened: 'none', effect: 'irreversible' }));
    expect(engine.calls.of(run.id)).toHaveLength(3);
    expect((await engine.tasks(run.id))['a']).toMatchObject({
      status: 'failed',
      error: { code: 'told_to_fail' },
    });
  });

  it('with an irreversible effect in doubt are made once and wait for a person', async () => {
    const id = await engine.start(one('test.fail', { happened: 'unknown', effect: 'irreversible' }));
    await engine.status(id, 'waiting');
    expect(engine.calls.of(id)).toHaveLength(1);
    const { a } = await engine.tasks(id);
    expect(a).toMatchObject({ status: 'unknown', error: { code: 'effect_unknown' } });
    expect(a.error.message).toContain('Attempt 1 fails). It is not repeated');
    await engine.post(`/tasks/${a.id}/resolve`, { outcome: 'failed' });
    expect((await engine.ended(id)).status).toBe('failed');
  });

  it('by taking longer than their time limit are given up, also when the handler heeds nothing', async () => {
    const run = await engine.run(
      one('test.gate', { gate: 'never' }, { timeoutSeconds: 0.05, retry: { ...QUICK, maxAttempts: 2 } }),
    );
    expect(run.status).toBe('failed');
    const calls = engine.calls.of(run.id);
    expect(calls.map(({ signal }) => signal.aborted)).toEqual([true, true]);
    expect((await engine.tasks(run.id))['a']).toMatchObject({
      attempt: 2,
      error: { code: 'attempt_timed_out', class: 'timeout' },
    });
    // The slots of handlers that were left behind are free again.
    expect(engine.busySlots).toBe(0);
  });

  it('late, after their time limit, change nothing with what they still answer', async () => {
    const id = await engine.start([
      ...one('test.gate', { gate: 'late' }, { timeoutSeconds: 0.05, retry: { ...QUICK, maxAttempts: 1 } }),
    ]);
    await engine.ended(id);
    const before = await engine.events(id);
    engine.calls.gate('late').released.resolve('too late');
    await engine.run(one('test.noop', {}));
    expect(await engine.events(id)).toEqual(before);
  });

  it.each([
    'text',
    'nothing',
    'null',
    'number',
    'unprintable',
    'nul',
    'badCode',
    'notANumber',
    'rejectsItself',
  ])('with a thrown %s fail their own task and nothing else', async (what) => {
    for (const synchronously of [false, true]) {
      const run = await engine.run(
        one('test.throws', { what, synchronously }, { retry: { ...QUICK, maxAttempts: 1 } }),
      );
      expect(run).toMatchObject({ status: 'failed', reason: 'task_failed' });
      expect((await engine.tasks(run.id))['a'].error.message).toEqual(expect.any(String));
    }
  });

  it.each([
    ['nul', 'result_not_storable'],
    ['surrogate', 'result_not_storable'],
    ['huge', 'result_too_large'],
    ['bigint', 'result_not_storable'],
    ['cycle', 'result_not_storable'],
    ['function', 'result_not_storable'],
    ['deep', 'result_not_storable'],
    ['noOutcome', 'no_outcome'],
    ['nothing', 'no_outcome'],
  ])('by answering what cannot be stored (%s) say so', async (what, code) => {
    const run = await engine.run(one('test.unstorable', { what }));
    expect(run).toMatchObject({ status: 'failed', reason: 'task_failed' });
    expect((await engine.tasks(run.id))['a']).toMatchObject({
      attempt: 1,
      error: { code, retryable: false },
    });
  });

  it.each([
    ['an unknown type', 'test.gone', {}, 'unknown_task_type'],
    ['a value that is not there', 'test.noop', { value: '{{ run.input.x }}' }, 'unresolved_reference'],
    ['parameters of the wrong type', 'test.sleep', { ms: '{{ run.input.text }}' }, 'invalid_parameters'],
  ])('before they start, for %s, have no attempt', async (_name, taskType, parameters, code) => {
    const workflow = await engine.workflow([{ taskId: 'a', taskType: 'test.noop', parameters: {} }]);
    const definition = { tasks: [{ taskId: 'a', taskType, parameters, dependencies: [] }] };
    await engine.query('update workflows set definition = $2 where id = $1', [workflow, definition]);
    const run = await engine.ended(await engine.startWorkflow(workflow, { text: 'x' }));
    expect(run.status).toBe('failed');
    expect((await engine.tasks(run.id))['a']).toMatchObject({
      status: 'failed',
      attempt: 0,
      error: { code },
    });
  });

  it('and everything around them keep the rules', async () => {
    const runs = await engine.query<{ id: string }>('select id from runs');
    expect(
      await brokenRules(
        engine.query,
        runs.map(({ id }) => id),
      ),
    ).toEqual([]);
    expect(runs.length).toBeGreaterThan(30);
  });
});

describe('one bad row', () => {
  const engine = useEngine({ bendsRules: true });

  it('fails its own task while 15 other runs of the process go on', async () => {
    const good = await engine.workflow(
      Array.from({ length: 20 }, (_, index) => ({
        taskId: `t${index}`,
        taskType: 'test.sleep',
        parameters: { ms: 5 },
        dependencies: index === 0 ? [] : [`t${index - 1}`],
      })),
    );
    const bad = await engine.workflow([
      ...['nul', 'surrogate', 'huge', 'bigint', 'cycle', 'deep'].map((what) => ({
        taskId: what,
        taskType: 'test.unstorable',
        parameters: { what },
        optional: true,
      })),
      { taskId: 'fine', taskType: 'test.noop' },
    ]);
    const [badRun, ...others] = await Promise.all(
      [bad, ...Array<string>(15).fill(good)].map((workflow) => engine.startWorkflow(workflow)),
    );
    expect(await engine.ended(badRun as string)).toMatchObject({ status: 'succeeded' });
    expect(await engine.statuses(badRun as string)).toEqual({
      nul: 'failed',
      surrogate: 'failed',
      huge: 'failed',
      bigint: 'failed',
      cycle: 'failed',
      deep: 'failed',
      fine: 'succeeded',
    });
    for (const id of others) expect((await engine.ended(id)).tasksByStatus).toEqual({ succeeded: 20 });
  });

  it('that only PostgreSQL refuses ends its own run, as poison, and no other', async () => {
    // A constraint stands for whatever the proof before the checkpoint does not know.
    await engine.query(
      `alter table tasks add constraint no_seven check (result is distinct from '7'::jsonb)`,
    );
    const others = await Promise.all(
      Array.from({ length: 15 }, () =>
        engine.start([
          { taskId: 'a', taskType: 'test.sleep', parameters: { ms: 20 } },
          { taskId: 'b', taskType: 'test.noop', dependencies: ['a'] },
        ]),
      ),
    );
    const run = await engine.run([{ taskId: 'a', taskType: 'test.noop', parameters: { value: 7 } }]);
    expect(run).toMatchObject({ status: 'failed', reason: 'poison' });
    for (const id of others) expect((await engine.ended(id)).status).toBe('succeeded');
  });
});

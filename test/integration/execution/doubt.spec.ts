import { describe, expect, it } from '@jest/globals';
import { after, gate } from '../../support/engine-tasks.js';
import { eventually } from '../../support/eventually.js';
import { useEngine } from '../../support/use-engine.js';

const engine = useEngine();

describe('the start of an irreversible task', () => {
  it('is on record before its handler runs', async () => {
    const id = await engine.start([gate('pay', 'recorded', { effect: 'irreversible' })]);
    await engine.calls.gate('recorded').arrived.promise;
    engine.calls.gate('recorded').released.resolve('paid');
    expect((await engine.ended(id)).output).toEqual({ pay: { answer: 'paid', stored: 'running' } });
  });

  it('without an end puts it in doubt for the next owner, who does not repeat it', async () => {
    const id = await engine.start([
      gate('pay', 'unknown', { effect: 'irreversible' }),
      { taskId: 'after', taskType: 'test.noop', dependencies: ['pay'] },
    ]);
    const { signal } = await engine.calls.gate('unknown').arrived.promise;
    await engine.disown(id);
    await engine.sweep();
    await engine.status(id, 'waiting');
    const { pay } = await engine.tasks(id);
    expect(pay).toMatchObject({
      status: 'unknown',
      attempt: 1,
      error: { code: 'effect_unknown', retryable: false },
    });
    await eventually(() => signal.aborted);
    engine.calls.gate('unknown').released.resolve('too late');
    await engine.post(`/tasks/${pay.id}/resolve`, { outcome: 'failed' });
    expect(await engine.ended(id)).toMatchObject({ status: 'failed', reason: 'task_failed' });
    expect(engine.calls.of(id)).toHaveLength(1);
  });
});

describe('an attempt in doubt', () => {
  const pay = (name: string) => [gate('pay', name, { effect: 'irreversible' }), after('b', 'pay')];
  const doubted = async (name: string) => {
    const id = await engine.start(pay(name));
    await engine.calls.gate(name).arrived.promise;
    await engine.takeOver(id);
    return { id, doubt: await engine.taskIn(id, 'pay', 'unknown') };
  };
  const cancelledInDoubt = async (name: string) => {
    const known = await doubted(name);
    await engine.post(`/runs/${known.id}/cancel`);
    expect(await engine.ended(known.id)).toMatchObject({
      status: 'cancelled',
      tasksByStatus: { unknown: 1, cancelled: 1 },
    });
    return known;
  };

  it('waits for a person, who says that it succeeded', async () => {
    const { id, doubt } = await doubted('doubt-1');
    expect(doubt).toMatchObject({ attempt: 1, error: { code: 'effect_unknown' } });
    await engine.status(id, 'waiting');
    const said = { outcome: 'succeeded', result: 'receipt', comment: 'On the statement.', by: 'ada' };
    expect((await engine.post(`/tasks/${doubt.id}/resolve`, said)).status).toBe(202);
    expect((await engine.ended(id)).status).toBe('succeeded');
    expect(await engine.task(id, 'pay')).toMatchObject({ result: 'receipt', source: 'person', attempt: 1 });
    expect((await engine.post(`/tasks/${doubt.id}/resolve`, said)).body.code).toBe('task_not_unknown');
    expect(engine.calls.of(id, 'pay')).toHaveLength(1);
    engine.calls.gate('doubt-1').released.resolve('late');
  });

  it('is repeated only when a person says so', async () => {
    const { id, doubt } = await doubted('doubt-2');
    engine.calls.gate('doubt-2').released.resolve('late');
    await engine.post(`/tasks/${doubt.id}/resolve`, { outcome: 'retry' });
    expect((await engine.ended(id)).status).toBe('succeeded');
    const keys = engine.calls.of(id, 'pay').map(({ key }) => key);
    expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
  });

  it('stays so when its run is cancelled; what is said later is kept on record, once', async () => {
    const { id, doubt } = await cancelledInDoubt('doubt-3');
    const resolve = (outcome: string) => engine.post(`/tasks/${doubt.id}/resolve`, { outcome, by: 'ada' });
    expect((await resolve('failed')).status).toBe(202);
    expect((await engine.task(id, 'pay')).status).toBe('unknown');
    const kept = await engine.query(
      `select kind, payload ->> 'outcome' as outcome, applied_at is not null as applied from run_signals
       where run_id = $1 and kind = 'resolve'`,
      [id],
    );
    expect(kept).toEqual([{ kind: 'resolve', outcome: 'failed', applied: true }]);
    expect((await resolve('succeeded')).body).toMatchObject({
      code: 'task_resolved',
      detail: expect.stringContaining('ada: failed'),
    });
  });

  it('keeps its ended run from being retried until somebody says what became of it', async () => {
    const { id, doubt } = await cancelledInDoubt('doubt-4');
    const { status, body } = await engine.post(`/runs/${id}/retry`);
    expect([status, body.code]).toEqual([409, 'run_in_doubt']);
    expect(body.errors).toEqual([
      expect.objectContaining({ message: expect.stringContaining(`/tasks/${doubt.id}/resolve`) }),
    ]);
    await engine.post(`/tasks/${doubt.id}/resolve`, { outcome: 'failed' });
    engine.calls.gate('doubt-4').released.resolve('second');
    const retried = (await engine.post(`/runs/${id}/retry`)).body.id;
    expect((await engine.ended(retried)).status).toBe('succeeded');
    expect(engine.calls.of(retried, 'pay')).toHaveLength(1);
  });

  it.each([
    ['small', 'receipt'],
    ['large', 'r'.repeat(40_000)],
  ])(
    'that somebody says succeeded is not repeated by a retry, which takes over its %s result',
    async (size, result) => {
      const { id, doubt } = await cancelledInDoubt(`doubt-${size}`);
      await engine.post(`/tasks/${doubt.id}/resolve`, { outcome: 'succeeded', result });
      const retried = (await engine.post(`/runs/${id}/retry`)).body.id;
      expect((await engine.ended(retried)).status).toBe('succeeded');
      expect(engine.calls.of(retried, 'pay')).toHaveLength(0);
      expect(await engine.task(retried, 'pay')).toMatchObject({ status: 'succeeded', source: 'copied' });
      const { id: taskId } = await engine.task(retried, 'pay');
      const copied = (await engine.get(`/tasks/${taskId}/result`)).body.result;
      expect(copied === result).toBe(true);
    },
  );

  it('in a child run keeps the run above from being retried', async () => {
    const child = await engine.workflow(pay('doubt-child'));
    const id = await engine.start([
      { taskId: 'sub', taskType: 'workflow.run', parameters: { workflowId: child } },
    ]);
    await engine.calls.gate('doubt-child').arrived.promise;
    const childId = (await engine.task(id, 'sub')).childRunId as string;
    await engine.takeOver(childId);
    const doubt = await engine.taskIn(childId, 'pay', 'unknown');
    await engine.post(`/runs/${id}/cancel`);
    await Promise.all([engine.ended(id), engine.ended(childId)]);
    expect((await engine.task(id, 'sub')).childRunId).toBe(childId);
    const { body } = await engine.post(`/runs/${id}/retry`);
    expect(body).toMatchObject({
      code: 'run_in_doubt',
      errors: [{ message: expect.stringContaining(`child run ${childId}: POST /api/v1/tasks/${doubt.id}`) }],
    });
    await engine.post(`/tasks/${doubt.id}/resolve`, { outcome: 'failed' });
    engine.calls.gate('doubt-child').released.resolve('late');
    expect((await engine.post(`/runs/${id}/retry`)).status).toBe(202);
  });

  it.each([
    ['done', 'succeeded', 1],
    ['notDone', 'succeeded', 2],
  ])('that its type finds %s', async (found, status, attempts) => {
    const id = await engine.start([
      {
        taskId: 'pay',
        taskType: 'test.doubtful',
        parameters: { found },
        retry: { maxAttempts: 2, initialDelaySeconds: 0 },
      },
    ]);
    expect((await engine.ended(id)).status).toBe(status);
    const { id: taskId, attempt, source, result } = await engine.task(id, 'pay');
    expect(attempt).toBe(attempts);
    expect([source, result]).toEqual(found === 'done' ? ['probe', `found ${taskId}`] : ['handler', 'second']);
  });

  it.each(['unknown', 'throws'])('that its type finds %s waits for a person', async (found) => {
    const id = await engine.start([{ taskId: 'pay', taskType: 'test.doubtful', parameters: { found } }]);
    const { id: taskId } = await engine.taskIn(id, 'pay', 'unknown');
    await engine.status(id, 'waiting');
    await engine.post(`/tasks/${taskId}/resolve`, { outcome: 'failed' });
    expect(await engine.ended(id)).toMatchObject({ status: 'failed', reason: 'task_failed' });
  });
});

import { describe, expect, it } from '@jest/globals';
import { EngineTest } from '../../support/engine-test.js';
import { useEngine } from '../../support/use-engine.js';

const engine = useEngine();

const noop = (taskId: string, value: unknown, dependencies: string[] = [], more: object = {}) => ({
  taskId,
  taskType: 'test.noop',
  parameters: { value },
  dependencies,
  ...more,
});
const large = (taskId: string, length: number) => ({
  taskId,
  taskType: 'test.large',
  parameters: { length },
});

describe('a large result', () => {
  it('is kept apart from its task, and read by its address and by references', async () => {
    const run = await engine.run(
      [
        large('big', 100_000),
        noop('one', '{{ tasks.big.result.length }}', ['big']),
        noop('all', '{{ tasks.big.result }}', ['big']),
        noop('via', '{{ tasks.all.result.text }}', ['all']),
      ],
      { output: { length: '{{ tasks.one.result }}', again: '{{ tasks.big.result.length }}' } },
    );
    expect(run.output).toEqual({ length: 100_000, again: 100_000 });
    const { big, via } = await engine.tasks(run.id);
    expect([big.result, big.resultUrl]).toEqual([null, `/api/v1/tasks/${big.id}/result`]);
    const full = await engine.test.http('GET', big.resultUrl);
    expect(full.body).toEqual({
      id: big.id,
      taskId: 'big',
      result: { text: 'x'.repeat(100_000), length: 100_000 },
    });
    expect((await engine.get(`/tasks/${via.id}/result`)).body.result).toHaveLength(100_000);
  });

  it('may have almost 8 MiB', async () => {
    const run = await engine.run([large('big', 8_388_000)]);
    expect(run.status).toBe('succeeded');
    const { big } = await engine.tasks(run.id);
    expect((await engine.get(`/tasks/${big.id}/result`)).body.result.length).toBe(8_388_000);
  });

  it('is named by its address in an output that would be too large', async () => {
    const run = await engine.run([large('a', 5_000_000), large('b', 5_000_000), noop('c', 3)]);
    expect(run.status).toBe('succeeded');
    const { a, b } = await engine.tasks(run.id);
    expect(run.output).toEqual({
      a: { resultUrl: `/api/v1/tasks/${a.id}/result` },
      b: { resultUrl: `/api/v1/tasks/${b.id}/result` },
      c: 3,
    });
  });

  it('fails a run whose own output cannot hold it', async () => {
    const output = ['{{ tasks.a.result.text }}', '{{ tasks.a.result.text }}'];
    const run = await engine.run([large('a', 5_000_000)], { output });
    expect(run).toMatchObject({ status: 'failed', reason: 'output_failed' });
  });

  it('is not there before its task succeeded', async () => {
    const id = await engine.start([
      { taskId: 'a', taskType: 'test.gate', parameters: { gate: 'no-result' } },
    ]);
    const { runId } = await engine.calls.gate('no-result').arrived.promise;
    const { a } = await engine.tasks(runId);
    expect(await engine.get(`/tasks/${a.id}/result`)).toMatchObject({
      status: 409,
      body: { code: 'no_result' },
    });
    engine.calls.gate('no-result').released.resolve(1);
    await engine.ended(id);
  });
});

describe('the output of a run', () => {
  it('is the results of its sinks, null for those that were skipped or failed', async () => {
    const run = await engine.run([
      noop('a', 1),
      noop('b', 2, ['a']),
      noop('c', 3, ['a'], { when: { value: '{{ tasks.a.result }}', equals: 9 } }),
      {
        taskId: 'd',
        taskType: 'test.fail',
        parameters: { retryable: false },
        optional: true,
      },
    ]);
    expect(run).toMatchObject({ status: 'succeeded', output: { b: 2, c: null, d: null } });
  });

  it('that refers to what is not there fails the run, not its tasks', async () => {
    const run = await engine.run([noop('a', { x: 1 })], { output: '{{ tasks.a.result.y }}' });
    expect(run).toMatchObject({ status: 'failed', reason: 'output_failed', tasksByStatus: { succeeded: 1 } });
    const events = await engine.events(run.id);
    expect(events.at(-1)).toMatchObject({ type: 'run.failed', data: { reason: 'output_failed' } });
    expect(String(events.at(-1)?.data['message'])).toMatch(/\/output.*y/);
  });
});

describe('a condition', () => {
  it('skips its task; successors see null and may have conditions of their own', async () => {
    const run = await engine.run(
      [
        noop('a', '{{ run.input.kind }}'),
        noop('left', 'L', ['a'], { when: { value: '{{ tasks.a.result }}', equals: 'left' } }),
        noop('right', 'R', ['a'], { when: { value: '{{ tasks.a.result }}', notEquals: 'left' } }),
        noop('join', ['{{ tasks.left.result }}', '{{ tasks.right.result }}'], ['left', 'right']),
        noop('after-left', 1, ['left'], { when: { value: '{{ tasks.left.result }}', in: ['L', 'X'] } }),
      ],
      {},
      { kind: 'right' },
    );
    expect(run.output).toEqual({ join: [null, 'R'], 'after-left': null });
    expect(await engine.statuses(run.id)).toMatchObject({
      left: 'skipped',
      right: 'succeeded',
      'after-left': 'skipped',
    });
    expect(engine.calls.of(run.id, 'left')).toEqual([]);
  });
});

describe('the retry of a run', () => {
  it('takes over what succeeded, large results too, and runs the rest', async () => {
    const workflow = await engine.workflow([
      noop('a', { n: 1 }),
      large('big', 50_000),
      {
        taskId: 'gate',
        taskType: 'test.gate',
        parameters: { gate: 'retry', heeds: true },
        dependencies: ['a', 'big'],
      },
      noop(
        'sum',
        ['{{ tasks.a.result.n }}', '{{ tasks.big.result.length }}', '{{ tasks.gate.result.answer }}'],
        ['gate'],
      ),
    ]);
    const first = await engine.startWorkflow(workflow, { x: 1 });
    await engine.calls.gate('retry').arrived.promise;
    expect((await engine.post(`/runs/${first}/retry`)).body.code).toBe('run_not_retryable');
    await engine.post(`/runs/${first}/cancel`);
    expect((await engine.ended(first)).status).toBe('cancelled');
    engine.calls.gate('retry').released.resolve('second');
    const retried = await engine.post(`/runs/${first}/retry?wait=10`);
    expect(retried).toMatchObject({
      status: 200,
      body: {
        status: 'succeeded',
        retryOfRunId: first,
        input: { x: 1 },
        output: { sum: [1, 50_000, 'second'] },
      },
    });
    const { a, big, gate } = await engine.tasks(retried.body.id);
    expect([a.source, big.source, gate.source]).toEqual(['copied', 'copied', 'handler']);
    expect(engine.calls.of(retried.body.id).map(({ taskId }) => taskId)).toEqual(['gate', 'sum']);
    expect((await engine.get(`/tasks/${big.id}/result`)).body.result.length).toBe(50_000);
    expect((await engine.ended(first)).status).toBe('cancelled');
    expect((await engine.post(`/runs/${retried.body.id}/retry`)).body.code).toBe('run_not_retryable');
  });
});

describe('order', () => {
  it('within one slot is by priority among what is ready, then by position', async () => {
    const alone = await EngineTest.start({ config: { engine: { runSlots: 4, taskSlots: 1 } } });
    try {
      const id = await alone.start([
        { taskId: 'first', taskType: 'test.gate', parameters: { gate: 'first' } },
        { taskId: 'low', taskType: 'test.noop', priority: 1 },
        { taskId: 'none', taskType: 'test.noop' },
        { taskId: 'high', taskType: 'test.noop', priority: 9 },
        { taskId: 'high-too', taskType: 'test.noop', priority: 9 },
        { taskId: 'middle', taskType: 'test.noop', priority: 5 },
      ]);
      await alone.calls.gate('first').arrived.promise;
      alone.calls.gate('first').released.resolve(null);
      await alone.ended(id);
      expect(alone.calls.of(id).map(({ taskId }) => taskId)).toEqual([
        'first',
        'high',
        'high-too',
        'middle',
        'low',
        'none',
      ]);
    } finally {
      await alone.close();
    }
  });
});

describe('starting a run', () => {
  it('twice with one key starts one run and answers the same', async () => {
    const workflow = await engine.workflow([noop('a', 1)]);
    const start = () =>
      engine.post(`/workflows/${workflow}/runs`, { input: 1 }, { 'idempotency-key': 'run-once' });
    const [first, second] = [await start(), await start()];
    expect([first.status, second.status, second.headers.get('idempotent-replayed')]).toEqual([
      202,
      202,
      'true',
    ]);
    expect(second.body).toEqual(first.body);
    await engine.ended(first.body.id);
    const runs = await engine.get(`/runs?workflowId=${workflow}`);
    expect(runs.body.items).toHaveLength(1);
  });

  it('answers 202 when the end does not come within ?wait=, 200 when it does', async () => {
    const slow = await engine.workflow([
      { taskId: 'a', taskType: 'test.gate', parameters: { gate: 'waited' } },
    ]);
    const early = await engine.post(`/workflows/${slow}/runs?wait=0.1`);
    expect(early).toMatchObject({ status: 202, body: { status: 'running' } });
    engine.calls.gate('waited').released.resolve(1);
    await engine.ended(early.body.id);
    const quick = await engine.workflow([noop('a', 1)]);
    const late = await engine.post(`/workflows/${quick}/runs?wait=10`);
    expect(late).toMatchObject({ status: 200, body: { status: 'succeeded' } });
    expect(late.headers.get('location')).toBe(`/api/v1/runs/${late.body.id}`);
  });
});

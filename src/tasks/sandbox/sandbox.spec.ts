import { afterEach, describe, expect, it } from '@jest/globals';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { TransformInput } from '../handlers/data-transform/transform.job.js';
import { sandboxJob } from './sandbox-job.js';
import { Sandbox } from './sandbox.js';

const handlers = new URL('../handlers/data-transform/any.ts', import.meta.url).href;
const JOB = sandboxJob<TransformInput, unknown>(handlers, 'transform.job');
const ENDLESS = '($loop := function($x) { $loop($x + 1) }; $loop(1))';
const signal = new AbortController().signal;

describe('sandbox', () => {
  let sandbox = new Sandbox();
  afterEach(() => {
    sandbox.onApplicationShutdown();
    sandbox = new Sandbox();
  });

  const evaluate = (expression: string, limits: { timeoutMs?: number; signal?: AbortSignal } = {}) =>
    sandbox.run(JOB, { input: { a: [1, 2, 3] }, expression }, { signal, ...limits });

  it('answers with the value of the job', async () => {
    await expect(evaluate('$sum(a)')).resolves.toBe(6);
  });

  it('stops an evaluation that never ends and goes on with the next one', async () => {
    await expect(evaluate(ENDLESS, { timeoutMs: 200 })).rejects.toMatchObject({
      failure: { code: 'time_limit_exceeded', class: 'timeout', retryable: false, effect: 'none' },
    });
    await expect(evaluate('$count(a)')).resolves.toBe(3);
  });

  it('does not block the process while an evaluation runs for ever', async () => {
    const endless = evaluate(ENDLESS, { timeoutMs: 400 });
    const refused = expect(endless).rejects.toThrow('did not end within 0.4 s');
    let turns = 0;
    const counting = setInterval(() => (turns += 1), 10);
    await refused;
    clearInterval(counting);
    expect(turns).toBeGreaterThan(5);
  });

  it('survives an evaluation that takes all the memory it may have', async () => {
    await expect(evaluate('$pad("x", 400000000)', { timeoutMs: 20_000 })).rejects.toMatchObject({
      failure: { code: 'memory_limit_exceeded', class: 'resource' },
    });
    await expect(evaluate('a[0]')).resolves.toBe(1);
  });

  it.each(['before', 'while'])(
    'ends with the reason of an abort %s a process works on it',
    async (moment) => {
      await evaluate('1');
      const abort = new AbortController();
      const running = evaluate(ENDLESS, { signal: abort.signal });
      const refused = expect(running).rejects.toThrow('cancelled by test');
      if (moment === 'while') await nextTurn();
      abort.abort(new Error('cancelled by test'));
      await refused;
    },
  );

  it('does not start for a signal that is aborted already', async () => {
    await expect(evaluate('1', { signal: AbortSignal.abort(new Error('too late')) })).rejects.toThrow(
      'too late',
    );
  });

  it('queues what exceeds its processes and answers all of it', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => evaluate(`a[0] + ${index}`)));
    expect(answers).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
  });

  it('refuses an answer over 8 MiB', async () => {
    await expect(evaluate('$pad("x", 9000000)')).rejects.toMatchObject({
      failure: { code: 'result_too_large' },
    });
  });

  it('gives the evaluation neither the environment nor a way to write', async () => {
    const probe = new URL('../../../test/integration/tasks/probe.job.ts', import.meta.url);
    const answer = await sandbox.run({ url: probe.href }, fileURLToPath(probe), { signal });
    expect(answer).toEqual({ environment: ['TZ'], write: 'ERR_ACCESS_DENIED', fork: 'ERR_ACCESS_DENIED' });
  });

  it('ends waiting and running evaluations when the application has shut down', async () => {
    const all = Array.from({ length: 6 }, () => evaluate(ENDLESS));
    const settled = Promise.allSettled(all);
    await nextTurn();
    sandbox.onApplicationShutdown();
    const reasons = (await settled).map((result) => String((result as PromiseRejectedResult).reason));
    const own = [
      'Error: The application is shutting down.',
      'TaskError: The evaluation process ended early (SIGKILL).',
    ];
    expect(new Set(reasons)).toEqual(new Set(own));
  });
});

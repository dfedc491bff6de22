import { describe, expect, it } from '@jest/globals';
import { newId } from '../../../src/common/ids.js';
import { after, gate } from '../../support/engine-tasks.js';
import { eventually } from '../../support/eventually.js';
import { useEngine } from '../../support/use-engine.js';

const engine = useEngine();

describe('pause and resume', () => {
  it('let running attempts end, start nothing, and go on', async () => {
    const id = await engine.start([gate('a', 'pause'), after('b', 'a')]);
    await engine.calls.gate('pause').arrived.promise;
    expect((await engine.post(`/runs/${id}/pause`)).status).toBe(202);
    await engine.status(id, 'paused');
    engine.calls.gate('pause').released.resolve(1);
    await engine.taskIn(id, 'b', 'ready');
    // It holds nothing meanwhile.
    await eventually(() => engine.worker.ownedRuns.every(({ runId }) => runId !== id));
    expect((await engine.get(`/runs/${id}`)).body.status).toBe('paused');
    expect((await engine.post(`/runs/${id}/pause`)).body.code).toBe('run_paused');

    expect((await engine.post(`/runs/${id}/resume`)).status).toBe(202);
    expect((await engine.ended(id)).status).toBe('succeeded');
    const types = await engine.eventTypes(id);
    expect(types.filter((type) => /paused|resumed/.test(type))).toEqual(['run.paused', 'run.resumed']);
    expect((await engine.post(`/runs/${id}/resume`)).body.code).toBe('run_ended');
  });

  it('of a run that is not paused is refused', async () => {
    const id = await engine.start([
      { taskId: 'ask', taskType: 'human.approval', parameters: { question: '?' } },
    ]);
    await engine.asked(id);
    expect((await engine.post(`/runs/${id}/resume`)).body).toMatchObject({
      status: 409,
      code: 'run_not_paused',
    });
    expect((await engine.post(`/runs/${newId()}/pause`)).status).toBe(404);
    await engine.post(`/runs/${id}/cancel`);
    await engine.ended(id);
  });

  it('survive the owner', async () => {
    const id = await engine.start([gate('a', 'pause-crash'), after('b', 'a')]);
    await engine.calls.gate('pause-crash').arrived.promise;
    await engine.post(`/runs/${id}/pause`);
    await engine.status(id, 'paused');
    await engine.takeOver(id);
    await engine.taskIn(id, 'a', 'ready');
    engine.calls.gate('pause-crash').released.resolve(1);
    await engine.post(`/runs/${id}/resume`);
    expect((await engine.ended(id)).status).toBe('succeeded');
    expect((await engine.task(id, 'a')).attempt).toBe(2);
  });
});

describe('a human.task', () => {
  const ask = (more: object = {}) => ({
    taskId: 'ask',
    taskType: 'human.task',
    parameters: { question: 'How many?', ...more },
  });

  it('ends with the answer of a person, if that fits', async () => {
    const id = await engine.start([
      ask({ answerSchema: { type: 'integer', minimum: 1 } }),
      after('b', 'ask'),
    ]);
    const taskId = await engine.asked(id);
    expect((await engine.get(`/tasks/${taskId}`)).body.wait).toMatchObject({
      form: 'task',
      question: 'How many?',
    });
    const unfit = await engine.post(`/tasks/${taskId}/complete`, { answer: 0 });
    expect(unfit.body).toMatchObject({
      status: 422,
      code: 'invalid_answer',
      errors: [{ pointer: '/answer' }],
    });
    expect((await engine.post(`/tasks/${taskId}/approve`)).body.code).toBe('wrong_answer');
    expect((await engine.post(`/tasks/${taskId}/complete`, { answer: 4, by: 'ada' })).status).toBe(202);
    expect((await engine.ended(id)).status).toBe('succeeded');
    expect(await engine.task(id, 'ask')).toMatchObject({
      result: { answer: 4, by: 'ada' },
      source: 'person',
    });
    expect((await engine.post(`/tasks/${taskId}/complete`, { answer: 4 })).body.code).toBe('run_ended');
  });

  it('takes large answers', async () => {
    const id = await engine.start([ask()]);
    const taskId = await engine.asked(id);
    await engine.post(`/tasks/${taskId}/complete`, { answer: 'x'.repeat(50_000) });
    await engine.ended(id);
    expect((await engine.get(`/tasks/${taskId}/result`)).body.result.answer).toHaveLength(50_000);
  });

  it('expires', async () => {
    const id = await engine.start([{ ...ask(), timeoutSeconds: 0.2 }]);
    expect((await engine.ended(id)).status).toBe('failed');
    const { id: taskId, error } = await engine.task(id, 'ask');
    expect(error.code).toBe('expired');
    expect((await engine.post(`/tasks/${taskId}/complete`, { answer: 1 })).body.code).toBe('run_ended');
  });
});

describe('the cancel of a task', () => {
  it('fails its run, or not when it is optional', async () => {
    const required = await engine.start([gate('a', 'cancel-1', { heeds: true }), after('b', 'a')]);
    await engine.calls.gate('cancel-1').arrived.promise;
    await engine.post(`/tasks/${(await engine.task(required, 'a')).id}/cancel`);
    expect(await engine.ended(required)).toMatchObject({ status: 'failed', reason: 'task_cancelled' });
    expect(await engine.statuses(required)).toEqual({ a: 'cancelled', b: 'cancelled' });

    const optional = await engine.start([{ ...gate('a', 'cancel-2'), optional: true }, after('b', 'a')]);
    const { signal } = await engine.calls.gate('cancel-2').arrived.promise;
    const { id } = await engine.task(optional, 'a');
    await engine.post(`/tasks/${id}/cancel`);
    expect((await engine.ended(optional)).status).toBe('succeeded');
    expect(signal.aborted).toBe(true);
    expect((await engine.post(`/tasks/${id}/cancel`)).body.code).toBe('run_ended');
    engine.calls.gate('cancel-2').released.resolve('late');
  });
});

describe('what is asked of a task in a state that does not fit', () => {
  it('is refused with what can be done', async () => {
    const id = await engine.start([
      after('a'),
      { taskId: 'ask', taskType: 'human.approval', parameters: { question: '?' }, dependencies: ['a'] },
    ]);
    const asked = await engine.asked(id);
    const { id: ended } = await engine.task(id, 'a');
    const noop = { taskType: 'test.noop', parameters: {} };
    const codes = await Promise.all(
      [
        [ended, 'cancel', {}],
        [ended, 'retry', {}],
        [ended, 'resolve', { outcome: 'failed' }],
        [ended, 'complete', { answer: 1 }],
        [ended, 'delegate', { toAgentId: engine.agentId }],
        [ended, 'children', noop],
        [asked, 'retry', {}],
        [asked, 'complete', { answer: 1 }],
      ].map(
        async ([taskId, action, body]) => (await engine.post(`/tasks/${taskId}/${action}`, body)).body.code,
      ),
    );
    expect(codes).toEqual([
      'task_ended',
      'task_not_retryable',
      'task_not_unknown',
      'task_not_waiting',
      'task_ended',
      'task_ended',
      'task_not_retryable',
      'wrong_answer',
    ]);
    await engine.post(`/tasks/${asked}/approve`);
    await engine.ended(id);
  });
});

describe('the retry of a task', () => {
  it('does not wait for the end of its back-off', async () => {
    const id = await engine.start([
      {
        taskId: 'a',
        taskType: 'test.fail',
        parameters: { times: 1 },
        retry: { maxAttempts: 2, initialDelaySeconds: 3_600, maxDelaySeconds: 3_600 },
      },
    ]);
    const { id: taskId } = await engine.taskIn(id, 'a', 'waiting');
    await engine.post(`/tasks/${taskId}/retry`);
    expect((await engine.ended(id)).status).toBe('succeeded');
    expect((await engine.post(`/tasks/${taskId}/retry`)).body.code).toBe('run_ended');
  });
});

import { describe, expect, it } from '@jest/globals';
import { eventually } from '../../support/eventually.js';
import { useEngine } from '../../support/use-engine.js';

const engine = useEngine();

const noop = (value: unknown) => ({ taskType: 'test.noop', parameters: { value } });
const book = (taskId: string, compensation: object, dependencies: string[] = []) => ({
  taskId,
  ...noop(`booked ${taskId}`),
  dependencies,
  compensation,
});
const undo = (taskId: string) => noop(`undid {{ tasks.${taskId}.result }}`);
const broken = { taskType: 'test.fail', parameters: { retryable: false } };
const fails = (...dependencies: string[]) => ({ taskId: 'pay', ...broken, dependencies });

describe('a run that fails', () => {
  it('undoes what had succeeded with what it had come to, the last first', async () => {
    const run = await engine.run([
      book('flight', undo('flight')),
      book('hotel', undo('hotel'), ['flight']),
      fails('hotel'),
    ]);
    expect(run).toMatchObject({ status: 'failed', reason: 'task_failed' });
    const tasks = await engine.tasks(run.id);
    expect(tasks['flight-compensation'].result).toBe('undid booked flight');
    expect(tasks['hotel-compensation']).toMatchObject({ status: 'succeeded', agentId: engine.agentId });
    const types = await engine.eventTypes(run.id);
    expect(types.filter((type) => /compensa/.test(type))).toEqual([
      'run.compensating',
      'task.ready hotel-compensation',
      'task.started hotel-compensation',
      'task.succeeded hotel-compensation',
      'task.ready flight-compensation',
      'task.started flight-compensation',
      'task.succeeded flight-compensation',
    ]);
  });

  it('asks a person about what could not be undone, and holds nothing meanwhile', async () => {
    const id = await engine.start([book('flight', broken), fails('flight')]);
    await eventually(async () => (await engine.tasks(id))['flight-compensation']?.waitingFor === 'person');
    const { id: taskId } = (await engine.tasks(id))['flight-compensation'];
    // It waits parked.
    await eventually(() => engine.worker.ownedRuns.every(({ runId }) => runId !== id));
    await engine.status(id, 'compensating');
    const { body } = await engine.get(`/tasks/${taskId}`);
    expect(body.wait.question).toContain('What task flight did could not be undone');
    expect((await engine.post(`/runs/${id}/pause`)).body.code).toBe('run_not_pausable');
    expect(
      (await engine.post(`/tasks/${taskId}/complete`, { answer: 'called them', by: 'ada' })).status,
    ).toBe(202);
    expect(await engine.ended(id)).toMatchObject({ status: 'failed', reason: 'task_failed' });
    expect((await engine.tasks(id))['flight-compensation']).toMatchObject({
      status: 'succeeded',
      source: 'person',
      result: { answer: 'called them', by: 'ada' },
    });
  });

  it('asks in whole sentences, whatever the failure says', async () => {
    const throws = { taskType: 'test.throws', parameters: { what: 'text' } };
    const id = await engine.start([book('flight', throws), fails('flight')]);
    await eventually(async () => (await engine.tasks(id))['flight-compensation']?.waitingFor === 'person');
    const { id: taskId } = (await engine.tasks(id))['flight-compensation'];
    const { body } = await engine.get(`/tasks/${taskId}`);
    expect(body.wait.question).toBe(
      'What task flight did could not be undone: just text. Undo it by hand, then complete this task.',
    );
  });

  it('and is retried does what was undone again', async () => {
    const failed = await engine.run([
      book('flight', undo('flight')),
      { taskId: 'kept', ...noop(1) },
      fails('flight', 'kept'),
    ]);
    const { body } = await engine.post(`/runs/${failed.id}/retry`);
    await engine.ended(body.id as string);
    const tasks = await engine.tasks(body.id as string);
    expect([tasks['flight'].source, tasks['kept'].source]).toEqual(['handler', 'copied']);
  });
});

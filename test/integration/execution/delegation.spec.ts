import { describe, expect, it } from '@jest/globals';
import { after, gate } from '../../support/engine-tasks.js';
import { EngineTest } from '../../support/engine-test.js';
import { eventually } from '../../support/eventually.js';
import { createTestDatabase } from '../../support/test-database.js';
import { brokenRules } from '../../reliability/invariants.js';
import { useEngine } from '../../support/use-engine.js';

const engine = useEngine();

describe('delegation', () => {
  const child = async (name: string, capabilities: string[], status = 'active'): Promise<string> => {
    const { body } = await engine.post(`/agents/${engine.agentId}/children`, { name, capabilities, status });
    return body.id as string;
  };

  it('gives a running task to another agent, who begins again with the same key', async () => {
    const other = await child('other', ['test.*']);
    const id = await engine.start([{ ...gate('a', 'delegate', { heeds: true }), agentId: engine.agentId }]);
    const { signal } = await engine.calls.gate('delegate').arrived.promise;
    const { id: taskId } = await engine.task(id, 'a');
    expect((await engine.post(`/tasks/${taskId}/delegate`, { toAgentId: other })).status).toBe(202);
    await eventually(() => signal.aborted);
    await eventually(() => engine.calls.of(id, 'a').length === 2);
    engine.calls.gate('delegate').released.resolve('done');
    expect((await engine.ended(id)).status).toBe('succeeded');
    expect(await engine.task(id, 'a')).toMatchObject({ agentId: other, attempt: 2 });
    const keys = engine.calls.of(id, 'a').map(({ key }) => key);
    expect(new Set(keys).size).toBe(1);
    expect(await engine.eventTypes(id)).toContain('task.delegated a');
  });

  it('is refused for an agent that is unfit, retired or of another owner, and says who can', async () => {
    const fit = await child('fit', ['human.*']);
    const unfit = await child('unfit', ['file.*']);
    await child('not for its alternative', ['human.task']);
    const retired = await child('retired', ['*'], 'retired');
    const { body: foreign } = await engine.post('/agents', { name: 'foreign', capabilities: ['*'] });
    const id = await engine.start([
      {
        ...{ taskId: 'ask', taskType: 'human.task', parameters: { question: '?' }, agentId: engine.agentId },
        // Whoever takes the task has to be able to do this as well.
        alternatives: [{ taskType: 'human.approval', parameters: { question: 'Or this?' } }],
      },
    ]);
    const taskId = await engine.asked(id);
    for (const [toAgentId, why] of [
      [unfit, 'it has no capability for human.task or human.approval'],
      [retired, 'it is retired'],
      [foreign.id, 'it is not among the agents of the owner'],
      [engine.agentId, 'it has the task already'],
    ]) {
      const { status, body } = await engine.post(`/tasks/${taskId}/delegate`, { toAgentId });
      expect([status, body.code]).toEqual([409, 'not_delegable']);
      expect(body.detail).toContain(why);
      expect(body.errors[0].allowed).toEqual([fit]);
    }
    await engine.post(`/tasks/${taskId}/delegate`, { toAgentId: fit });
    await eventually(async () => (await engine.task(id, 'ask')).agentId === fit);
    expect((await engine.task(id, 'ask')).waitingFor).toBe('person');
    await engine.post(`/tasks/${taskId}/complete`, { answer: null });
    await engine.ended(id);
    expect((await engine.post(`/tasks/${taskId}/delegate`, { toAgentId: fit })).body.code).toBe('run_ended');
  });

  it('of an attempt that cannot be undone is refused', async () => {
    const other = await child('careful', ['test.*']);
    const id = await engine.start([gate('a', 'delegate-irreversible', { effect: 'irreversible' })]);
    await engine.calls.gate('delegate-irreversible').arrived.promise;
    const answer = await engine.post(`/tasks/${(await engine.task(id, 'a')).id}/delegate`, {
      toAgentId: other,
    });
    expect(answer.body.code).toBe('effect_in_progress');
    engine.calls.gate('delegate-irreversible').released.resolve(1);
    await engine.ended(id);
  });
});

describe('a spawned task', () => {
  const noop = { taskType: 'test.noop', parameters: { value: 7 } };

  it('is a task of the same run that holds back the end of its parent', async () => {
    const id = await engine.start([gate('a', 'spawn'), after('b', 'a')]);
    await engine.calls.gate('spawn').arrived.promise;
    const parent = await engine.task(id, 'a');
    const answer = await engine.post(`/tasks/${parent.id}/children`, {
      taskType: 'human.approval',
      parameters: { question: 'Child?' },
    });
    expect([answer.status, answer.body]).toEqual([
      202,
      { id: expect.any(String), parentTaskId: parent.id, runId: id },
    ]);
    expect(answer.headers.get('location')).toBe(`/api/v1/tasks/${answer.body.id}`);
    const child = await engine.taskIn(id, 'a-1', 'waiting');
    expect(child).toMatchObject({ id: answer.body.id, parentTaskId: parent.id, status: 'waiting' });
    engine.calls.gate('spawn').released.resolve('mine');
    expect(await engine.taskIn(id, 'a', 'waiting')).toMatchObject({ waitingFor: 'children' });
    // Another owner finds both as they are.
    await engine.status(id, 'waiting');
    await engine.post(`/tasks/${child.id}/approve`);
    expect((await engine.ended(id)).status).toBe('succeeded');
    expect((await engine.task(id, 'a')).result).toMatchObject({ answer: 'mine' });
    const order = (await engine.eventTypes(id)).filter((type) => type.startsWith('task.succeeded'));
    expect(order).toEqual(['task.succeeded a-1', 'task.succeeded a', 'task.succeeded b']);
  });

  it('may spawn, three deep, and not under one that has ended', async () => {
    const id = await engine.start([gate('a', 'spawn-deep')]);
    await engine.calls.gate('spawn-deep').arrived.promise;
    const ask = { taskType: 'human.task', parameters: { question: '?' } };
    let parent = (await engine.task(id, 'a')).id as string;
    for (const slug of ['a-1', 'a-1-1', 'a-1-1-1']) {
      parent = (await engine.post(`/tasks/${parent}/children`, ask)).body.id as string;
      await engine.taskIn(id, slug, 'waiting');
    }
    expect((await engine.post(`/tasks/${parent}/children`, noop)).body.code).toBe('spawned_too_deep');
    engine.calls.gate('spawn-deep').released.resolve(1);
    for (const slug of ['a-1-1-1', 'a-1-1', 'a-1'])
      await engine.post(`/tasks/${(await engine.task(id, slug)).id}/complete`, { answer: slug });
    expect((await engine.ended(id)).status).toBe('succeeded');
    expect((await engine.post(`/tasks/${parent}/children`, noop)).body.code).toBe('run_ended');
  });

  it('that is cancelled before it was ever stored has ended', async () => {
    const database = await createTestDatabase();
    const first = await EngineTest.start({ database });
    const id = await first.start([{ taskId: 'a', taskType: 'human.task', parameters: { question: '?' } }]);
    const parent = await first.asked(id);
    await first.close();
    // Nobody executes while both are asked for, so both are applied at once.
    const api = await EngineTest.start({ database, config: { role: 'api' } });
    const { body: spawned } = await api.post(`/tasks/${parent}/children`, noop);
    expect((await api.post(`/tasks/${parent}/cancel`)).status).toBe(202);
    await api.close();
    const next = await EngineTest.start({ database });
    const { status } = await next.ended(id);
    const child = await next.task(id, 'a-1');
    const broken = await brokenRules(next.query, [id]);
    await next.close();
    await database.drop();
    expect([status, broken]).toEqual(['failed', []]);
    expect(child).toMatchObject({ id: spawned.id, status: 'cancelled', finishedAt: expect.any(String) });
  });

  it('is checked like any task', async () => {
    const id = await engine.start([gate('a', 'spawn-unfit')]);
    await engine.calls.gate('spawn-unfit').arrived.promise;
    const { id: parent } = await engine.task(id, 'a');
    const unfit = await engine.post(`/tasks/${parent}/children`, { taskType: 'timer.wait', parameters: {} });
    expect(unfit.body).toMatchObject({ status: 422, code: 'invalid_task' });
    const unknown = await engine.post(`/tasks/${parent}/children`, { taskType: 'no.such' });
    expect(unknown.body.errors[0].code).toBe('unknown_task_type');
    engine.calls.gate('spawn-unfit').released.resolve(1);
    await engine.ended(id);
  });
});

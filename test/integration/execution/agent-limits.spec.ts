import { describe, expect, it, jest } from '@jest/globals';
import { PreparedStatements } from '../../../src/database/prepared-statements.js';
import { UnitOfWork } from '../../../src/database/unit-of-work.js';
import { ProcessIdentity } from '../../../src/execution/engine/process-identity.js';
import { Permits } from '../../../src/execution/permits/permits.service.js';
import { PermitsStore } from '../../../src/execution/permits/permits-store.port.js';
import { eventually } from '../../support/eventually.js';
import { useEngine } from '../../support/use-engine.js';

const engine = useEngine();

const limitedTo = async (maxConcurrentTasks: number | null): Promise<string> => {
  const made = await engine.post('/agents', {
    name: 'limited',
    capabilities: ['*'],
    parentAgentId: engine.agentId,
    maxConcurrentTasks,
  });
  expect(made.body.maxConcurrentTasks).toBe(maxConcurrentTasks);
  return made.body.id as string;
};
const change = (agentId: string, body: object) =>
  engine.test.http('PATCH', `/api/v1/agents/${agentId}`, body);
const gate = (agentId: string, name: string, more: object = {}) => ({
  taskId: name,
  taskType: 'test.gate',
  parameters: { gate: `${agentId} ${name}` },
  agentId,
  ...more,
});
const arrives = (agentId: string, name: string) => engine.calls.gate(`${agentId} ${name}`).arrived.promise;
const release = (agentId: string, name: string) =>
  engine.calls.gate(`${agentId} ${name}`).released.resolve(name);
const hasArrived = (agentId: string, name: string): Promise<boolean> =>
  Promise.race([arrives(agentId, name).then(() => true), Promise.resolve().then(() => false)]);
const permitsOf = (agentId: string) =>
  engine.query<{ task: string; held: boolean }>(
    `select t.task_id as task, p.granted_at is not null as held from agent_permits p join tasks t on t.id = p.task_id
     where p.agent_id = $1 order by p.asked_at`,
    [agentId],
  );
const waitsFor = (agentId: string, count: number) =>
  eventually(async () => (await permitsOf(agentId)).filter(({ held }) => !held).length === count, {
    what: `${count} tasks that wait for agent ${agentId}`,
  });

describe('an agent with a limit', () => {
  it('executes so many at a time; the others stay ready, and their run parks when nothing else can go on', async () => {
    const agent = await limitedTo(1);
    const first = await engine.start([gate(agent, 'a')]);
    await arrives(agent, 'a');
    const second = await engine.start([gate(agent, 'b'), { taskId: 'free', taskType: 'test.noop' }]);
    await engine.status(second, 'waiting');
    expect(await engine.statuses(second)).toEqual({ b: 'ready', free: 'succeeded' });
    expect(await permitsOf(agent)).toEqual([
      { task: 'a', held: true },
      { task: 'b', held: false },
    ]);
    expect((await engine.eventTypes(second)).slice(-2)).toEqual(['task.queued b', 'run.parked']);
    release(agent, 'a');
    await arrives(agent, 'b');
    expect((await engine.ended(first)).status).toBe('succeeded');
    release(agent, 'b');
    expect((await engine.ended(second)).status).toBe('succeeded');
    expect(await permitsOf(agent)).toEqual([]);
  });

  it('hands a permit on by priority, then by time', async () => {
    const agent = await limitedTo(1);
    const names = ['a', 'b', 'c'];
    await engine.start([gate(agent, 'a')]);
    await arrives(agent, 'a');
    await engine.start([gate(agent, 'b')]);
    await waitsFor(agent, 1);
    await engine.start([gate(agent, 'c')]);
    await waitsFor(agent, 2);
    const urgent = await engine.start([gate(agent, 'urgent', { priority: 5 })]);
    await waitsFor(agent, 3);
    release(agent, 'a');
    await arrives(agent, 'urgent');
    expect(await hasArrived(agent, 'b')).toBe(false);
    release(agent, 'urgent');
    await engine.ended(urgent);
    await arrives(agent, 'b');
    expect(await hasArrived(agent, 'c')).toBe(false);
    for (const name of names) release(agent, name);
    await eventually(async () => (await permitsOf(agent)).length === 0);
  });

  it('is not overtaken by tasks that come later', async () => {
    const agent = await limitedTo(1);
    // Every task of the chain gives the permit back, and its successor asks at once.
    const chain = Array.from({ length: 20 }, (_, n) => ({
      taskId: `t${n}`,
      taskType: 'test.sleep',
      parameters: { ms: 5 },
      agentId: agent,
      dependencies: n === 0 ? [] : [`t${n - 1}`],
    }));
    const long = await engine.start(chain);
    await eventually(async () => (await engine.statuses(long))['t1'] !== 'pending');
    const short = await engine.start([{ ...chain[0], taskId: 'short' }]);
    await engine.ended(short);
    expect((await engine.statuses(long))['t19']).not.toBe('succeeded');
    await engine.ended(long);
  });

  it('takes a task back that waits, and what it holds when it waits itself', async () => {
    const agent = await limitedTo(1);
    const asking = await engine.start([
      { taskId: 'ask', taskType: 'human.task', parameters: { question: '?' }, agentId: agent },
    ]);
    const person = await engine.asked(asking);
    await eventually(async () => (await permitsOf(agent)).length === 0);
    await engine.start([gate(agent, 'a')]);
    await arrives(agent, 'a');
    const cancelled = await engine.start([gate(agent, 'b')]);
    await waitsFor(agent, 1);
    await engine.post(`/runs/${cancelled}/cancel`);
    await engine.ended(cancelled);
    await waitsFor(agent, 0);
    release(agent, 'a');
    await engine.post(`/tasks/${person}/complete`, { answer: 1 });
    await engine.ended(asking);
  });

  it('keeps no permit for a paused run', async () => {
    const agent = await limitedTo(1);
    const first = await engine.start([gate(agent, 'a')]);
    await arrives(agent, 'a');
    const paused = await engine.start([gate(agent, 'b')]);
    await waitsFor(agent, 1);
    await engine.post(`/runs/${paused}/pause`);
    await waitsFor(agent, 0);
    release(agent, 'a');
    await engine.ended(first);
    expect(await permitsOf(agent)).toEqual([]);
    await engine.post(`/runs/${paused}/resume`);
    await arrives(agent, 'b');
    release(agent, 'b');
    expect((await engine.ended(paused)).status).toBe('succeeded');
  });

  it('gives a delegated task to the other agent at once', async () => {
    const [busy, idle] = [await limitedTo(1), await limitedTo(1)];
    await engine.start([gate(busy, 'a')]);
    await arrives(busy, 'a');
    const run = await engine.start([gate(busy, 'b')]);
    await waitsFor(busy, 1);
    const { id } = (await engine.tasks(run))['b'];
    const answer = await engine.post(`/tasks/${id}/delegate`, { toAgentId: idle });
    expect(answer.status).toBe(202);
    await arrives(busy, 'b');
    expect([await permitsOf(busy), await permitsOf(idle)]).toEqual([
      [{ task: 'a', held: true }],
      [{ task: 'b', held: true }],
    ]);
    release(busy, 'a');
    release(busy, 'b');
    await engine.ended(run);
  });

  it('may have more from now on, or as many as there are', async () => {
    const agent = await limitedTo(1);
    await engine.start(['a', 'b', 'c', 'd'].map((name) => gate(agent, name)));
    await waitsFor(agent, 3);
    await change(agent, { maxConcurrentTasks: 2 });
    await waitsFor(agent, 2);
    await change(agent, { maxConcurrentTasks: null });
    await waitsFor(agent, 0);
    for (const name of ['a', 'b', 'c', 'd']) release(agent, name);
    await eventually(async () => (await permitsOf(agent)).length === 0);
    await engine.run([{ taskId: 'x', taskType: 'test.noop', agentId: agent }]);
    expect(await permitsOf(agent)).toEqual([]);
  });

  it('that is paused starts nothing until it is active again', async () => {
    const agent = await limitedTo(null);
    const run = await engine.start([
      gate(agent, 'a'),
      { taskId: 'b', taskType: 'test.noop', agentId: agent, dependencies: ['a'] },
    ]);
    await arrives(agent, 'a');
    await change(agent, { status: 'paused' });
    // Processes hear of it a moment later.
    await eventually(() => engine.test.app.get(Permits).isNeeded(agent));
    release(agent, 'a');
    await engine.status(run, 'waiting');
    expect((await engine.statuses(run))['b']).toBe('ready');
    await change(agent, { status: 'active' });
    expect((await engine.ended(run)).status).toBe('succeeded');
  });

  it('answers only to the owner of a run that goes on, for a task that is ready for it', async () => {
    const agent = await limitedTo(1);
    await engine.start([gate(agent, 'a')]);
    await arrives(agent, 'a');
    const run = await engine.start([gate(agent, 'b'), { ...gate(agent, 'c'), dependencies: ['b'] }]);
    await engine.status(run, 'waiting');
    const tasks = await engine.tasks(run);
    const [{ epoch } = { epoch: '' }] = await engine.query<{ epoch: string }>(
      'select epoch::text from runs where id = $1',
      [run],
    );
    const permits = engine.test.app.get(PermitsStore);
    const asked = { runId: run, epoch, taskId: tasks['b'].id as string, agentId: agent, priority: 0 };
    const as = async (owner: string | null, status: string, change: object = {}) => {
      await engine.query('update runs set owner_id = $2, status = $3 where id = $1', [run, owner, status]);
      const answer = await permits.take({ ...asked, ...change });
      await engine.query(`update runs set owner_id = null, status = 'waiting' where id = $1`, [run]);
      return answer;
    };
    const me = engine.test.app.get(ProcessIdentity).id;
    expect(await as(me, 'running')).toEqual({ isGranted: false, isNew: false });
    for (const answer of [
      await as(null, 'running'),
      await as(me, 'paused'),
      await as(me, 'running', { epoch: '0' }),
      await as(me, 'running', { taskId: tasks['c'].id }),
      await as(me, 'running', { agentId: engine.agentId }),
    ])
      expect(answer).toEqual({ refused: true });
    for (const name of ['a', 'b', 'c']) release(agent, name);
    expect((await engine.ended(run)).status).toBe('succeeded');
  });
});

describe('an agent without a limit', () => {
  it('costs no statement, whatever limits others have', async () => {
    const work = engine.test.app.get(UnitOfWork);
    const prepared = engine.test.app.get(PreparedStatements);
    const spies = [jest.spyOn(work, 'query'), jest.spyOn(prepared, 'query')];
    await engine.run([{ taskId: 'x', taskType: 'test.noop' }]);
    const texts = spies.flatMap((spy) => spy.mock.calls.map(([statement]) => statement.text));
    for (const spy of spies) spy.mockRestore();
    // What the claim has read is enough; the sweep comes on its own time.
    const about = texts.filter((text) => /agent_permits/.test(text) && !/select distinct/.test(text));
    expect(about.map((text) => text.trim().slice(0, 14))).toEqual(['with requested']);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { FaultyTypesModule } from '../support/faulty-types.module.js';
import { testLlmSettings } from '../support/test-app.js';
import { useEngine } from '../support/use-engine.js';

const change = (action: string, taskId: string, more: object = {}) => ({
  ...{ action, taskId, toAgentId: '', dependencies: [], priority: -1, before: [] },
  ...{ taskType: '', parameters: '', why: `I ${action}.`, ...more },
});
const says = (...changes: object[]) => ({ json: { changes, reason: 'Because.' } });
const render = (template: string) => JSON.stringify({ template });

/** By what the conditions say. */
const SCRIPT = {
  price: '1/2',
  answers: [
    {
      when: 'check it first',
      replies: [
        says(
          change('insert_task', 'check', {
            ...{
              taskType: 'text.render',
              parameters: render('checked'),
              dependencies: ['gate'],
              before: ['last'],
            },
          }),
        ),
      ],
    },
    { when: 'leave out the last', replies: [says(change('remove_task', 'last'))] },
    {
      when: 'no approval please',
      replies: [says(change('remove_task', 'gate')), says(change('remove_task', 'gate'))],
    },
  ],
};

const folder = mkdtempSync(join(tmpdir(), 'tandem-adaptation-script-'));
const script = join(folder, 'script.json');
writeFileSync(script, JSON.stringify(SCRIPT));
afterAll(() => rmSync(folder, { recursive: true }));

const engine = useEngine(() => ({
  config: { llm: testLlmSettings({ script }) },
  modules: [FaultyTypesModule],
}));

const agents: Record<string, string> = {};
const workflows: Record<string, string> = {};
const text = (taskId: string, dependencies: string[], more: object = {}) => ({
  ...{ taskId, taskType: 'text.render', parameters: { template: taskId }, dependencies, ...more },
});
/** gate asks a person; then mid and extra (optional); then last. */
const tasks = [
  { taskId: 'gate', taskType: 'human.approval', parameters: { question: 'Go on?' } },
  text('mid', ['gate']),
  text('extra', ['gate'], { optional: true, estimatedDurationSeconds: 600 }),
  text('last', ['mid', 'extra']),
];

beforeAll(async () => {
  const levels = { basic: 'strict', intelligent: 'creative', autonomous: 'creative' };
  for (const [level, executionMode] of Object.entries(levels)) {
    const owner = { name: level, capabilities: ['*'], intelligenceLevel: level, executionMode };
    agents[level] = (await engine.post('/agents', owner)).body.id as string;
    const workflow = { name: level, ownerAgentId: agents[level], definition: { tasks } };
    workflows[level] = (await engine.post('/workflows', workflow)).body.id as string;
  }
});

/** A run that waits at its gate. */
async function start(level: string): Promise<string> {
  const { body } = await engine.post(`/workflows/${workflows[level]}/runs`, {});
  await engine.asked(body.id as string);
  return body.id as string;
}
const adapt = (runId: string, conditions: object, more: object = {}) =>
  engine.post(`/runs/${runId}/adapt`, { conditions, ...more });
async function goOn(runId: string) {
  await engine.post(`/tasks/${await engine.asked(runId)}/approve`, {});
  const run = await engine.ended(runId);
  const { body } = await engine.get(`/tasks?runId=${runId}&limit=100`);
  const statuses = body.items.map((task: { taskId: string; status: string }) => [task.taskId, task.status]);
  return { status: run.status as string, tasks: Object.fromEntries(statuses) as Record<string, string> };
}
const adapted = async (runId: string) =>
  (await engine.events(runId)).filter(({ type }) => type === 'plan.adapted' || type === 'signal.refused');

describe('the rest of a run', () => {
  it('is changed by rules at the lowest level, when a person has approved it', async () => {
    const id = await start('basic');
    const { status, body } = await adapt(id, { deadlineSeconds: 60 });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ runId: id, outcome: 'proposed', source: 'twin', costUsd: '0.000000000' },
      changes: [{ action: 'skip', taskId: 'extra', why: 'The rest would take too long.' }],
      plan: { origin: 'adaptation', runId: id, status: 'draft', source: 'twin', reason: 'level_forbids' },
      diff: { isEqual: false, removed: [{ taskId: 'extra' }], added: [] },
    });
    expect(body.plan.quote.criticalPathSeconds).toBeLessThan(60);
    const { body: diff } = await engine.get(`/plans/${body.plan.id}/diff`);
    expect(diff).toMatchObject({ against: 'run', removed: [{ taskId: 'extra' }], added: [] });
    expect(await adapted(id)).toEqual([]);
    const hash = { contentHash: body.plan.contentHash };
    expect((await engine.post(`/plans/${body.plan.id}/approve`, hash)).body.status).toBe('approved');
    expect(await goOn(id)).toEqual({
      status: 'succeeded',
      tasks: { gate: 'succeeded', mid: 'succeeded', extra: 'skipped', last: 'succeeded' },
    });
    expect(await adapted(id)).toMatchObject([
      { type: 'plan.adapted', data: { planId: body.plan.id, by: 'person', removed: ['extra'] } },
    ]);
    const { body: definition } = await engine.get(`/workflows/${workflows['basic']}/definition`);
    expect(definition.tasks).toHaveLength(tasks.length);
  });

  it('is changed by a model that is only let propose, and a rejected change changes nothing', async () => {
    const id = await start('intelligent');
    const { body } = await adapt(id, { note: 'check it first' });
    expect(body).toMatchObject({ outcome: 'proposed', source: 'model', reason: 'Because.', refused: [] });
    expect(Number(body.costUsd)).toBeGreaterThan(0);
    expect(body.diff.added).toMatchObject([{ taskId: 'check', dependencies: ['gate'] }]);
    expect((await engine.post(`/plans/${body.plan.id}/reject`, {})).body.status).toBe('rejected');
    expect((await engine.post(`/plans/${body.plan.id}/approve`, {})).body.code).toBe('plan_rejected');
    expect((await goOn(id)).tasks).not.toHaveProperty('check');
  });

  it('is changed at once for an autonomous owner, new tasks and all', async () => {
    const id = await start('autonomous');
    const { body } = await adapt(id, { note: 'check it first' });
    expect(body).toMatchObject({ outcome: 'applied', plan: { status: 'approved' } });
    expect(await goOn(id)).toEqual({
      status: 'succeeded',
      tasks: {
        gate: 'succeeded',
        mid: 'succeeded',
        extra: 'succeeded',
        last: 'succeeded',
        check: 'succeeded',
      },
    });
    const { body: workflow } = await engine.get(
      `/workflows/${workflows['autonomous']}/plans?origin=adaptation`,
    );
    expect(workflow.items).toMatchObject([{ runId: id, status: 'approved' }]);
  });

  it('is only proposed where that was asked for', async () => {
    const id = await start('autonomous');
    const { body } = await adapt(id, { note: 'leave out the last' }, { apply: false });
    expect(body).toMatchObject({ outcome: 'proposed', changes: [{ action: 'remove_task', taskId: 'last' }] });
  });

  it('keeps what people were to decide, whatever a model says', async () => {
    const id = await start('autonomous');
    const { body } = await adapt(id, { note: 'no approval please' });
    expect(body).toMatchObject({ outcome: 'unchanged', source: 'twin', plan: null, diff: null });
    expect(body.refused).toMatchObject([{ code: 'task_begun', pointer: '/changes/0/taskId' }]);
    expect((await goOn(id)).status).toBe('succeeded');
  });

  it('goes to another agent when the one that had it is gone, also what is ready already', async () => {
    const owner = {
      name: 'Team',
      capabilities: [],
      intelligenceLevel: 'intelligent',
      executionMode: 'strict',
    };
    const ownerAgentId = (await engine.post('/agents', owner)).body.id as string;
    const member = async (name: string) => {
      const fields = { name, capabilities: ['text.*', 'human.*'], parentAgentId: ownerAgentId };
      return (await engine.post('/agents', fields)).body.id as string;
    };
    const [first, second] = [await member('First'), await member('Second')];
    const definition = { tasks: tasks.map((task) => ({ ...task, agentId: first })) };
    const { body: workflow } = await engine.post('/workflows', { name: 'team', ownerAgentId, definition });
    const { body: run } = await engine.post(`/workflows/${workflow.id}/runs`, {});
    const gate = await engine.asked(run.id as string);
    await engine.test.http('PATCH', `/api/v1/agents/${first}`, { status: 'paused' });
    await engine.post(`/tasks/${gate}/approve`, {});
    await eventually(async () => {
      const { body } = await engine.get(`/tasks?runId=${run.id}&status=ready`);
      return body.items.length === 2;
    });
    const { body } = await adapt(run.id as string, {});
    expect(body).toMatchObject({ outcome: 'proposed', source: 'twin' });
    expect(body.changes.map(({ taskId }: { taskId: string }) => taskId)).toEqual(['mid', 'extra', 'last']);
    expect((await engine.post(`/plans/${body.plan.id}/approve`, {})).status).toBe(200);
    expect((await engine.ended(run.id as string)).status).toBe('succeeded');
    const { body: done } = await engine.get(`/tasks?runId=${run.id}`);
    const who = Object.fromEntries(
      done.items.map((task: { taskId: string; agentId: string }) => [task.taskId, task.agentId]),
    );
    expect(who).toEqual({ gate: first, mid: second, extra: second, last: second });
  });

  it('stays as it is where nothing known has changed', async () => {
    const id = await start('basic');
    expect((await adapt(id, {})).body).toMatchObject({
      ...{ outcome: 'unchanged', source: 'twin', changes: [], plan: null },
    });
  });
});

describe('a run of an autonomous owner', () => {
  it('changes by itself when its agent is gone, or an optional task has failed', async () => {
    const owner = {
      ...{ name: 'Alone', capabilities: ['data.*'] },
      ...{ intelligenceLevel: 'autonomous', executionMode: 'creative' },
    };
    const ownerAgentId = (await engine.post('/agents', owner)).body.id as string;
    const member = async (name: string, capabilities: string[], more = {}) =>
      (await engine.post('/agents', { name, capabilities, parentAgentId: ownerAgentId, ...more })).body
        .id as string;
    const words = ['text.*', 'human.*'];
    const [first, second] = [await member('First', words), await member('Second', words)];
    // Of this one nobody asks models about failures.
    const third = await member('Third', ['ops.*'], { intelligenceLevel: 'basic' });
    const parameters = { message: 'check it first' };
    const failing = {
      taskId: 'step',
      taskType: 'ops.step',
      parameters,
      optional: true,
      retry: { maxAttempts: 1 },
    };
    const given = [failing, ...tasks.map((task) => ({ ...task, agentId: first }))];
    const { body: workflow } = await engine.post('/workflows', {
      name: 'alone',
      ownerAgentId,
      definition: { tasks: given },
    });
    const { body: run } = await engine.post(`/workflows/${workflow.id}/runs`, {});
    const id = run.id as string;
    const gate = await engine.asked(id);
    await eventually(async () => (await adapted(id)).length === 1);
    await engine.test.http('PATCH', `/api/v1/agents/${first}`, { status: 'paused' });
    await engine.post(`/tasks/${gate}/approve`, {});
    expect((await engine.ended(id)).status).toBe('succeeded');
    const [inserted, moved] = await adapted(id);
    expect(inserted).toMatchObject({ type: 'plan.adapted', data: { by: 'model', added: ['check'] } });
    expect(moved).toMatchObject({ type: 'plan.adapted', data: { by: 'twin', added: [], removed: [] } });
    const { body } = await engine.get(`/tasks?runId=${id}&limit=100`);
    const who = body.items.map((task: { agentId: string }) => task.agentId);
    expect(new Set(who)).toEqual(new Set([first, second, third]));
  });
});

describe('a change', () => {
  it('that no longer fits is refused with what has begun', async () => {
    const id = await start('basic');
    const { body } = await adapt(id, { deadlineSeconds: 60 });
    await goOn(id);
    expect((await engine.post(`/plans/${body.plan.id}/approve`, {})).body).toMatchObject({
      ...{ status: 409, code: 'run_ended' },
    });
    expect((await adapt(id, {})).body).toMatchObject({ status: 409, code: 'run_ended' });
  });

  it('of a run that was changed meanwhile has to be made anew', async () => {
    const id = await start('intelligent');
    const plans = [
      (await adapt(id, { note: 'check it first' })).body.plan.id as string,
      (await adapt(id, { note: 'leave out the last' })).body.plan.id as string,
    ];
    expect((await engine.post(`/plans/${plans[0]}/approve`, {})).status).toBe(200);
    await eventually(async () => (await adapted(id)).length === 1);
    expect((await engine.post(`/plans/${plans[1]}/approve`, {})).body.code).toBe('plan_outdated');
    expect((await goOn(id)).tasks['last']).toBe('succeeded');
  });

  it('comes one at a time', async () => {
    const id = await start('autonomous');
    const both = await Promise.all([
      adapt(id, { note: 'check it first' }),
      adapt(id, { note: 'leave out the last' }),
    ]);
    const outcomes = both.map(({ body }) => (body.outcome ?? body.code) as string).sort();
    expect(['applied', 'plan_outdated', 'signal_pending']).toEqual(expect.arrayContaining(outcomes));
    // Of a race that was lost no draft is left that nobody could approve.
    const { body: plans } = await engine.get(`/workflows/${workflows['autonomous']}/plans`);
    expect(
      plans.items.filter(
        (plan: { runId: string; status: string }) => plan.runId === id && plan.status === 'draft',
      ),
    ).toEqual([]);
    expect(outcomes.filter((each) => each === 'applied').length).toBeGreaterThan(0);
    await eventually(async () => (await adapted(id)).length > 0);
    expect((await goOn(id)).status).toBe('succeeded');
  });

  it.each<[string, object, string]>([
    ['an agent that is no id', { agentsGone: ['me'] }, '/conditions/agentsGone/0'],
    ['a deadline in the past', { deadlineSeconds: 0 }, '/conditions/deadlineSeconds'],
    ['an amount that is none', { budgetUsd: 'much' }, '/conditions/budgetUsd'],
    ['a novel', { note: 'x'.repeat(1_000_000) }, '/conditions'],
  ])('is not made of %s', async (_, conditions, pointer) => {
    const { status, body } = await adapt(await start('basic'), conditions);
    expect([status, body.errors[0].pointer]).toEqual([400, pointer]);
  });

  it('is not made of what does not exist', async () => {
    const nobody = '01920000-0000-7000-8000-0000000000ff';
    const conditions = { agentsGone: [agents['basic'], nobody], taskTypesDisabled: ['text.rendr'] };
    const { status, body } = await adapt(await start('basic'), conditions);
    expect([status, body.code]).toEqual([422, 'invalid_conditions']);
    expect(body.errors).toMatchObject([
      { code: 'unknown_agent', pointer: '/conditions/agentsGone/1' },
      { code: 'unknown_task_type', pointer: '/conditions/taskTypesDisabled/0' },
    ]);
    expect(body.errors[1].allowed).toContain('text.render');
  });

  it('needs a run of a workflow', async () => {
    const task = { taskType: 'human.approval', parameters: { question: 'Well?' } };
    const { body: run } = await engine.post(`/agents/${agents['basic']}/tasks`, task);
    expect((await adapt(run.id as string, {})).body.code).toBe('run_without_workflow');
    expect((await adapt('01920000-0000-7000-8000-0000000000ff', {})).status).toBe(404);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/test-app.js';

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp();
});
afterAll(() => test.close());

const NOBODY = '01920000-0000-7000-8000-00000000dead';
const rendering = (template: string) => ({
  tasks: [{ taskId: 'greet', taskType: 'text.render', parameters: { template }, dependencies: [] }],
});

async function newWorkflow(body: object = {}): Promise<string> {
  const agent = await test.http('POST', '/api/v1/agents', { name: 'Owner', capabilities: ['*'] });
  const workflow = await test.http('POST', '/api/v1/workflows', {
    ...{ name: 'Planned', ownerAgentId: agent.body.id, ...body },
  });
  expect(workflow.status).toBe(201);
  return workflow.body.id as string;
}

const add = (workflowId: string, body: object) =>
  test.http('POST', `/api/v1/workflows/${workflowId}/plans`, body);
const approve = (planId: string, body: object = {}) =>
  test.http('POST', `/api/v1/plans/${planId}/approve`, body);
const reject = (planId: string, body: object = {}) =>
  test.http('POST', `/api/v1/plans/${planId}/reject`, body);

describe('a plan of a person', () => {
  it('is a draft with a version, a hash, a quote, and views of its definition', async () => {
    const workflowId = await newWorkflow();
    const { status, body } = await add(workflowId, { definition: rendering('a'), description: 'Greets.' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      ...{ workflowId, runId: null, version: 1, origin: 'manual', source: 'person', reason: 'manual' },
      ...{ status: 'draft', request: null, description: 'Greets.', confidence: null, constraints: {} },
      ...{ definition: rendering('a'), dependencies: { greet: [] }, alternatives: [], diagnostics: [] },
      ...{ costUsd: '0.000000000', decidedAt: null },
      quote: { tasks: 1, criticalPath: ['greet'] },
      contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      tasks: [{ taskId: 'greet' }],
    });
    expect((await test.http('GET', `/api/v1/plans/${body.id}`)).body).toEqual(body);
    expect((await add(workflowId, { definition: rendering('b'), origin: 'import' })).body).toMatchObject({
      ...{ version: 2, origin: 'import' },
    });
  });

  it('is not the definition of the workflow until it is approved', async () => {
    const workflowId = await newWorkflow();
    const { body } = await add(workflowId, { definition: rendering('a') });
    const definition = () => test.http('GET', `/api/v1/workflows/${workflowId}/definition`);
    expect((await definition()).status).toBe(404);
    const approved = await approve(body.id, { contentHash: body.contentHash });
    expect([approved.status, approved.body.status]).toEqual([200, 'approved']);
    expect(approved.body.decidedAt).not.toBeNull();
    expect((await definition()).body).toEqual(rendering('a'));
    expect((await test.http('GET', `/api/v1/workflows/${workflowId}`)).body.definitionVersion).toBe(1);
  });

  it('is refused with all issues where it cannot run', async () => {
    const workflowId = await newWorkflow();
    const definition = {
      tasks: [
        { taskId: 'a', taskType: 'no.such', dependencies: ['b'] },
        { taskId: 'c', taskType: 'text.render', parameters: {} },
      ],
    };
    const { status, body } = await add(workflowId, { definition });
    expect([status, body.code]).toEqual([422, 'invalid_definition']);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(
      expect.arrayContaining(['/definition/tasks/0/taskType', '/definition/tasks/0/dependencies/0']),
    );
  });

  it('keeps the request of the plan it is an edit of, of the same workflow only', async () => {
    const [workflowId, other] = [await newWorkflow(), await newWorkflow()];
    const first = await add(workflowId, { definition: rendering('a'), description: 'First.' });
    const edit = await add(workflowId, { definition: rendering('b'), basedOn: first.body.id });
    expect([edit.status, edit.body.description]).toEqual([201, 'First.']);
    const stray = await add(other, { definition: rendering('b'), basedOn: first.body.id });
    expect([stray.status, stray.body.code]).toEqual([404, 'plan_not_found']);
  });
});

describe('deciding', () => {
  it('supersedes the plan approved before, leaves drafts, and says so of each', async () => {
    const workflowId = await newWorkflow();
    const [one, two, three] = await Promise.all(
      ['a', 'b', 'c'].map(
        async (text) => (await add(workflowId, { definition: rendering(text) })).body.id as string,
      ),
    );
    await approve(one as string);
    expect((await approve(two as string)).status).toBe(200);
    const page = await test.http('GET', `/api/v1/workflows/${workflowId}/plans`);
    const statusOf = new Map(
      page.body.items.map((plan: { id: string; status: string }) => [plan.id, plan.status]),
    );
    expect([one, two, three].map((id) => statusOf.get(id as string))).toEqual([
      'superseded',
      'approved',
      'draft',
    ]);
    expect(page.body.items.map(({ version }: { version: number }) => version)).toEqual([1, 2, 3]);
    expect(page.body.items[0]).not.toHaveProperty('definition');
    const again = await approve(one as string);
    expect([again.status, again.body.code]).toEqual([409, 'plan_superseded']);
    const refused = await reject(one as string);
    expect([refused.status, refused.body.code]).toEqual([409, 'plan_superseded']);
  });

  it('approves the approved one again without a change', async () => {
    const workflowId = await newWorkflow();
    const { body } = await add(workflowId, { definition: rendering('a') });
    const first = await approve(body.id);
    expect((await approve(body.id)).body).toEqual(first.body);
    expect((await test.http('GET', `/api/v1/workflows/${workflowId}`)).body.definitionVersion).toBe(1);
  });

  it('is bound to the content that was looked at', async () => {
    const workflowId = await newWorkflow();
    const { body } = await add(workflowId, { definition: rendering('a') });
    for (const decide of [approve, reject]) {
      const { status, body: problem } = await decide(body.id, { contentHash: '0'.repeat(64) });
      expect([status, problem.code]).toEqual([409, 'plan_changed']);
    }
    expect((await approve(body.id, { contentHash: 'abc' })).status).toBe(400);
  });

  it('rejects a draft for good, and no approved plan', async () => {
    const workflowId = await newWorkflow();
    const first = await add(workflowId, { definition: rendering('a') });
    const second = await add(workflowId, { definition: rendering('b') });
    expect((await reject(first.body.id)).body.status).toBe('rejected');
    expect((await reject(first.body.id)).status).toBe(200);
    expect((await approve(first.body.id)).body.code).toBe('plan_rejected');
    await approve(second.body.id);
    expect((await reject(second.body.id)).body.code).toBe('plan_approved');
  });

  it('lets one of two at the same time be the approved one', async () => {
    const workflowId = await newWorkflow();
    const ids = await Promise.all(
      ['a', 'b', 'c', 'd'].map(
        async (text) => (await add(workflowId, { definition: rendering(text) })).body.id as string,
      ),
    );
    await Promise.all(ids.map((id) => approve(id)));
    const { items } = (await test.http('GET', `/api/v1/workflows/${workflowId}/plans`)).body;
    const statuses = items.map(({ status }: { status: string }) => status).sort();
    expect(statuses).toEqual(['approved', 'superseded', 'superseded', 'superseded']);
    const approved = items.find(({ status }: { status: string }) => status === 'approved').id as string;
    const plan = await test.http('GET', `/api/v1/plans/${approved}`);
    const definition = await test.http('GET', `/api/v1/workflows/${workflowId}/definition`);
    expect(definition.body).toEqual(plan.body.definition);
  });

  it('checks the definition again: agents and task types may have changed', async () => {
    const workflowId = await newWorkflow();
    const { body } = await add(workflowId, { definition: rendering('a') });
    const workflow = (await test.http('GET', `/api/v1/workflows/${workflowId}`)).body;
    await test.http('PATCH', `/api/v1/agents/${workflow.ownerAgentId}`, { capabilities: ['file.read'] });
    const { status, body: problem } = await approve(body.id);
    expect([status, problem.code]).toEqual([422, 'invalid_definition']);
    expect((await test.http('GET', `/api/v1/plans/${body.id}`)).body.status).toBe('draft');
  });

  it('leaves runs their definition, and refuses for an archived workflow', async () => {
    const workflowId = await newWorkflow({
      definition: {
        tasks: [{ taskId: 'ask', taskType: 'human.approval', parameters: { question: 'Go on?' } }],
      },
    });
    const run = await test.http('POST', `/api/v1/workflows/${workflowId}/runs`, {});
    const { body } = await add(workflowId, { definition: rendering('a') });
    expect((await approve(body.id)).status).toBe(200);
    const tasks = await test.http('GET', `/api/v1/runs/${run.body.id}/tasks`);
    expect(tasks.body.items.map(({ taskId }: { taskId: string }) => taskId)).toEqual(['ask']);
    const later = await add(workflowId, { definition: rendering('b') });
    await test.http('PATCH', `/api/v1/workflows/${workflowId}`, { status: 'archived' });
    expect((await approve(later.body.id)).body.code).toBe('workflow_archived');
  });
});

describe('what is not there', () => {
  it.each([
    ['GET', `/api/v1/plans/${NOBODY}`, undefined, 'plan_not_found'],
    ['POST', `/api/v1/plans/${NOBODY}/approve`, {}, 'plan_not_found'],
    ['POST', `/api/v1/plans/${NOBODY}/reject`, {}, 'plan_not_found'],
    ['GET', `/api/v1/workflows/${NOBODY}/plans`, undefined, 'workflow_not_found'],
    ['POST', `/api/v1/workflows/${NOBODY}/plans`, { definition: rendering('a') }, 'workflow_not_found'],
  ] as const)('%s %s is 404', async (method, path, body, code) => {
    const answer = await test.http(method, path, body);
    expect([answer.status, answer.body.code]).toEqual([404, code]);
  });
});

describe('the list of plans', () => {
  it('pages, and filters by status and origin', async () => {
    const workflowId = await newWorkflow();
    for (const text of ['a', 'b', 'c']) await add(workflowId, { definition: rendering(text) });
    await add(workflowId, { definition: rendering('d'), origin: 'import' });
    const path = `/api/v1/workflows/${workflowId}/plans`;
    const first = await test.http('GET', `${path}?limit=3`);
    const rest = await test.http('GET', `${path}?limit=3&cursor=${first.body.nextCursor}`);
    const versions = [...first.body.items, ...rest.body.items].map(({ version }) => version);
    expect([versions, rest.body.nextCursor]).toEqual([[1, 2, 3, 4], null]);
    const imported = await test.http('GET', `${path}?origin=import&status=draft`);
    expect(imported.body.items.map(({ version }: { version: number }) => version)).toEqual([4]);
    expect((await test.http('GET', `${path}?status=approved`)).body.items).toEqual([]);
  });
});

describe('what a plan changes', () => {
  it('is said against the approved plan, another one, or what runs now', async () => {
    const workflowId = await newWorkflow();
    const first = (await add(workflowId, { definition: rendering('a') })).body;
    const diff = (id: string, query = '') => test.http('GET', `/api/v1/plans/${id}/diff${query}`);
    expect((await diff(first.id)).body).toMatchObject({
      planId: first.id,
      against: null,
      added: [{ taskId: 'greet' }],
    });
    await approve(first.id);
    const second = (await add(workflowId, { definition: { ...rendering('b'), timeoutSeconds: 5 } })).body;
    const expected = {
      ...{ planId: second.id, isEqual: false, added: [], removed: [], omitted: 0 },
      changed: [
        {
          ...{ taskId: 'greet', dependenciesAdded: [], dependenciesRemoved: [] },
          changes: [{ pointer: '/parameters/template', before: 'a', after: 'b' }],
        },
      ],
      changes: [{ pointer: '/timeoutSeconds', after: 5 }],
    };
    expect((await diff(second.id)).body).toEqual({ ...expected, against: first.id });
    expect((await diff(second.id, '?against=definition')).body).toEqual({
      ...expected,
      against: 'definition',
    });
    expect((await diff(second.id, `?against=${second.id}`)).body.isEqual).toBe(true);
  });

  it('is not said of plans of different workflows', async () => {
    const [one, other] = await Promise.all(
      [await newWorkflow(), await newWorkflow()].map(
        async (id) => (await add(id, { definition: rendering('a') })).body,
      ),
    );
    const { status, body } = await test.http('GET', `/api/v1/plans/${one.id}/diff?against=${other.id}`);
    expect([status, body.code]).toEqual([422, 'plan_of_another_workflow']);
    expect((await test.http('GET', `/api/v1/plans/${one.id}/diff?against=everything`)).status).toBe(400);
  });

  it('is drawn', async () => {
    const { body } = await add(await newWorkflow(), { definition: rendering('a') });
    const picture = await test.http('GET', `/api/v1/plans/${body.id}/mermaid`);
    expect(picture.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(picture.body).toContain('flowchart TD\n  n0["greet<br/>text.render"]\n');
  });
});

describe('a workflow that needs approval', () => {
  const start = (workflowId: string) => test.http('POST', `/api/v1/workflows/${workflowId}/runs?wait=10`, {});
  const put = (workflowId: string, definition: object) =>
    test.http('PUT', `/api/v1/workflows/${workflowId}/definition`, definition);
  const guarded = () => newWorkflow({ settings: { requireApprovedPlan: true }, definition: rendering('a') });

  it('starts with the definition of its approved plan alone', async () => {
    const workflowId = await guarded();
    const refused = await start(workflowId);
    expect([refused.status, refused.body.code]).toEqual([409, 'plan_not_approved']);
    const { body } = await add(workflowId, { definition: rendering('a') });
    expect((await start(workflowId)).status).toBe(409);
    await approve(body.id);
    expect((await start(workflowId)).body.status).toBe('succeeded');
    await put(workflowId, rendering('b'));
    expect((await start(workflowId)).body.code).toBe('plan_not_approved');
    await put(workflowId, rendering('a'));
    expect((await start(workflowId)).body.status).toBe('succeeded');
  });

  it('retries no run of another definition', async () => {
    const workflowId = await guarded();
    const failing = { tasks: [{ taskId: 'read', taskType: 'file.read', parameters: { path: 'none.txt' } }] };
    await approve((await add(workflowId, { definition: failing })).body.id);
    const run = await start(workflowId);
    expect(run.body.status).toBe('failed');
    const retry = () => test.http('POST', `/api/v1/runs/${run.body.id}/retry`, {});
    expect((await retry()).status).toBe(202);
    await approve((await add(workflowId, { definition: rendering('b') })).body.id);
    expect([(await retry()).status, (await retry()).body.code]).toEqual([409, 'plan_not_approved']);
  });

  it('is started by no other workflow either', async () => {
    const child = await guarded();
    const parent = await newWorkflow({
      definition: {
        tasks: [{ taskId: 'child', taskType: 'workflow.run', parameters: { workflowId: child } }],
      },
    });
    const run = await start(parent);
    expect(run.body.status).toBe('failed');
    const tasks = await test.http('GET', `/api/v1/runs/${run.body.id}/tasks`);
    expect(tasks.body.items[0].error).toMatchObject({ code: 'plan_not_approved' });
  });

  it('starts with what is written otherwise but means the same', async () => {
    const workflowId = await guarded();
    const definition = {
      tasks: [
        {
          taskId: 'a',
          taskType: 'text.render',
          parameters: { template: '\u00e9', data: { x: 1, y: 2 } },
          dependencies: [],
          priority: 3,
        },
      ],
    };
    await approve((await add(workflowId, { definition })).body.id);
    const rewritten =
      '{"tasks":[{"priority":3.0,"dependencies":[],"parameters":{"data":{"y":2e0,"x":1.0},"template":"\\u00e9"}, "taskType":"text.render","taskId":"a"}]}';
    await test.http('PUT', `/api/v1/workflows/${workflowId}/definition`, rewritten);
    expect((await start(workflowId)).body.status).toBe('succeeded');
  });
});

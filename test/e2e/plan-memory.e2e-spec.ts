import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PlanMemories } from '../../src/planning/memory/plan-memories.service.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp();
  mkdirSync(join(test.dataDirectory, 'files'), { recursive: true });
  writeFileSync(join(test.dataDirectory, 'files', FINE), '{}');
});
afterAll(() => test.close());
beforeEach(async () => {
  await test.database.query('truncate plan_memory, workflow_plans');
  await refresh();
});

const refresh = () => test.app.get(PlanMemories).refresh();
const memory = async () => (await test.http('GET', '/api/v1/planning/memory')).body;

async function newWorkflow(): Promise<string> {
  const agent = await test.http('POST', '/api/v1/agents', { name: 'Owner', capabilities: ['*'] });
  const fields = { name: 'Planned', ownerAgentId: agent.body.id };
  return (await test.http('POST', '/api/v1/workflows', fields)).body.id as string;
}
const plan = async (workflowId: string, request: string) =>
  (await test.http('POST', `/api/v1/workflows/${workflowId}/plan`, { request })).body;
const typesOf = (body: { definition: { tasks: { taskType: string }[] } }) =>
  body.definition.tasks.map(({ taskType }) => taskType);

const FINE = 'gizmo.json';
/** A word no planner knows; somebody shows what it means, and runs that. */
const REQUEST = 'Zorble gizmo.json';
async function teach(path: string, decide: 'approve' | 'reject' = 'approve') {
  const workflowId = await newWorkflow();
  const draft = await plan(workflowId, REQUEST);
  const definition = {
    tasks: [{ taskId: 'zorble', taskType: 'file.read', description: REQUEST, parameters: { path } }],
  };
  const edit = await test.http('POST', `/api/v1/workflows/${workflowId}/plans`, {
    definition,
    basedOn: draft.id,
  });
  await test.http('POST', `/api/v1/plans/${edit.body.id}/${decide}`, {});
  if (decide === 'approve') await test.http('POST', `/api/v1/workflows/${workflowId}/runs?wait=10`, {});
  await refresh();
  return { workflowId, planId: edit.body.id as string };
}

describe('plan memory', () => {
  it('learns what a word means from an edited plan that was approved and ran well', async () => {
    expect(typesOf(await plan(await newWorkflow(), REQUEST))).toEqual(['human.task']);
    await teach(FINE);
    expect(await memory()).toMatchObject({ enabled: true, size: 1, accepted: 1, threshold: null });
    const body = await plan(await newWorkflow(), REQUEST);
    expect(typesOf(body)).toEqual(['file.read']);
  });

  it('plans what was approved for the same words again, each word once', async () => {
    const request = 'Zorble gizmo.json to copy.json';
    const workflowId = await newWorkflow();
    const draft = await plan(workflowId, request);
    expect(typesOf(draft)).toEqual(['human.task']);
    const tasks = [
      { taskId: 'read', taskType: 'file.read', parameters: { path: FINE } },
      {
        ...{ taskId: 'write', taskType: 'file.write', dependencies: ['read'] },
        parameters: { path: 'copy.json', content: '{{ tasks.read.result.content }}' },
      },
    ];
    const fields = { definition: { tasks }, basedOn: draft.id };
    const edit = await test.http('POST', `/api/v1/workflows/${workflowId}/plans`, fields);
    await test.http('POST', `/api/v1/plans/${edit.body.id}/approve`, {});
    const run = await test.http('POST', `/api/v1/workflows/${workflowId}/runs?wait=10`, {});
    expect(run.body.status).toBe('succeeded');
    await refresh();
    const { definition, diagnostics } = await plan(await newWorkflow(), request);
    expect(definition.tasks).toMatchObject([
      { taskType: 'file.read', parameters: { path: FINE }, dependencies: [] },
      { taskType: 'file.write', parameters: { path: 'copy.json', format: 'json' } },
    ]);
    expect(definition.tasks).toHaveLength(2);
    expect(diagnostics).toContainEqual(expect.objectContaining({ code: 'plan_remembered' }));
  });

  it('learns nothing good from a plan that failed or was rejected', async () => {
    await teach('nowhere.json');
    await teach(FINE, 'reject');
    expect(await memory()).toMatchObject({ size: 2, accepted: 0 });
    expect(typesOf(await plan(await newWorkflow(), REQUEST))).toEqual(['human.task']);
  });

  it('holds it against a plan for good that it failed once', async () => {
    const { workflowId, planId } = await teach(FINE);
    await test.database.query(`update runs set status = 'failed' where workflow_id = $1`, [workflowId]);
    await refresh();
    expect(await memory()).toMatchObject({ size: 1, accepted: 0 });
    await test.database.query(`update runs set status = 'succeeded' where workflow_id = $1`, [workflowId]);
    await refresh();
    const [row] = await test.database.query('select is_accepted from plan_memory where plan_id = $1', [
      planId,
    ]);
    expect(row).toEqual({ is_accepted: false });
  });

  it('forgets a plan for good', async () => {
    const { planId } = await teach(FINE);
    expect((await test.http('DELETE', `/api/v1/planning/memory/${planId}`)).status).toBe(204);
    await refresh();
    expect((await memory()).size).toBe(0);
    expect(typesOf(await plan(await newWorkflow(), REQUEST))).toEqual(['human.task']);
    const again = await test.http('DELETE', `/api/v1/planning/memory/${planId}`);
    expect([again.status, again.body.code]).toEqual([404, 'remembered_plan_not_found']);
  });
});

describe('without plan memory', () => {
  it('approved plans teach nothing', async () => {
    const off = await startTestApp({
      config: {
        features: { llmPlanning: true, dynamicInference: true, planMemory: false, recoveryLearning: true },
      },
      database: test.database,
    });
    try {
      await teach(FINE);
      await off.app.get(PlanMemories).refresh();
      expect((await off.http('GET', '/api/v1/planning/memory')).body).toMatchObject({
        enabled: false,
        size: 0,
      });
    } finally {
      await off.close();
    }
  });
});

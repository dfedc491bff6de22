import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ExecutionTypesModule } from '../support/execution-types.module.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('Alternatives', () => {
  let app: TestApp;
  let ownerAgentId: string;
  let allRounderId: string;

  beforeAll(async () => {
    app = await startTestApp({ modules: [ExecutionTypesModule] });
    const agent = async (fields: object): Promise<string> =>
      (await app.http('POST', '/api/v1/agents', fields)).body.id as string;
    ownerAgentId = await agent({ name: 'exact', capabilities: ['test.fail'] });
    allRounderId = await agent({ name: 'both', capabilities: ['test.*'], parentAgentId: ownerAgentId });
  });
  afterAll(() => app.close());

  const broken = { taskType: 'test.fail', parameters: { retryable: false } };
  const working = { taskType: 'test.noop', parameters: { value: 'from {{ run.input.where }}' } };
  const task = (alternatives: readonly object[]) => ({ taskId: 'a', ...broken, alternatives });
  const run = async (definition: object) => {
    const created = await app.http('POST', '/api/v1/workflows', { name: 'w', ownerAgentId, definition });
    expect(created.status).toBe(201);
    const started = `/api/v1/workflows/${created.body.id}/runs?wait=10`;
    return (await app.http('POST', started, { input: { where: 'elsewhere' } })).body;
  };
  const tasksOf = async (runId: string) => (await app.http('GET', `/api/v1/runs/${runId}/tasks`)).body.items;

  it('are executed in order, by the agent of the task, when it has failed for good', async () => {
    const ended = await run({ tasks: [task([broken, working])] });
    expect(ended).toMatchObject({ status: 'succeeded', output: { a: 'from elsewhere' } });
    const [{ id }] = await tasksOf(ended.id);
    const shown = await app.http('GET', `/api/v1/tasks/${id}`);
    expect(shown.body).toMatchObject({
      taskId: 'a',
      taskType: 'test.fail',
      parameters: { retryable: false },
      agentId: allRounderId,
      status: 'succeeded',
      attempt: 3,
      result: 'from elsewhere',
      error: null,
    });
    const events = await app.http('GET', `/api/v1/runs/${ended.id}/events`);
    const retried = String(events.body)
      .split('\n\n')
      .filter((event) => event.includes('event: task.retried'));
    expect(retried.map((event) => JSON.parse(event.split('data: ')[1] ?? '').data)).toEqual([
      { reason: 'alternative', attempt: 2, alternative: 1 },
      { reason: 'alternative', attempt: 3, alternative: 2 },
    ]);
  });

  it('that fail too leave the task failed', async () => {
    const ended = await run({ tasks: [task([broken])] });
    expect(ended).toMatchObject({ status: 'failed', reason: 'task_failed' });
    expect(await tasksOf(ended.id)).toMatchObject([
      { status: 'failed', attempt: 2, error: { code: 'told_to_fail', message: 'Attempt 2 fails.' } },
    ]);
  });

  it('are refused with every issue where they stand', async () => {
    const definition = {
      tasks: [{ ...task([{ taskType: 'test.nop' }]), compensation: { taskType: 'timer.wait' } }],
    };
    const checked = await app.http(
      'POST',
      `/api/v1/definitions/validate?ownerAgentId=${ownerAgentId}`,
      definition,
    );
    expect(checked.body).toMatchObject({
      valid: false,
      issues: [
        { code: 'unknown_task_type', pointer: '/tasks/0/alternatives/0/taskType' },
        { code: 'invalid_parameters', pointer: '/tasks/0/compensation/parameters' },
        { code: 'no_capable_agent', pointer: '/tasks/0/compensation/taskType' },
      ],
    });
  });
});

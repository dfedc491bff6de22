import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('Runs', () => {
  let app: TestApp;
  let agentId: string;

  beforeAll(async () => {
    app = await startTestApp();
    const agent = await app.http('POST', '/api/v1/agents', { name: 'worker', capabilities: ['*'] });
    agentId = agent.body.id;
  });
  afterAll(() => app.close());

  const workflow = async (definition: object): Promise<string> => {
    const created = await app.http('POST', '/api/v1/workflows', {
      name: 'w',
      ownerAgentId: agentId,
      definition,
    });
    expect(created.body).toMatchObject({ definitionVersion: 1 });
    return created.body.id as string;
  };

  it('runs one task of an agent to its result', async () => {
    const answer = await app.http('POST', `/api/v1/agents/${agentId}/tasks?wait=10`, {
      taskType: 'text.render',
      parameters: { template: 'Hello {{ name }}!', data: { name: 'world' } },
    });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        status: 'succeeded',
        workflowId: null,
        output: { task: { text: 'Hello world!' } },
        task: { attempt: 1, result: { text: 'Hello world!' } },
      },
    });
  });

  it('runs a graph in order and hands results on', async () => {
    const id = await workflow({
      tasks: [
        { taskId: 'a', taskType: 'text.render', parameters: { template: '1' }, dependencies: [] },
        {
          taskId: 'b',
          taskType: 'text.render',
          parameters: { template: '{{ x }}+', data: { x: '{{ tasks.a.result.text }}' } },
          dependencies: ['a'],
        },
        {
          taskId: 'c',
          taskType: 'data.transform',
          parameters: {
            input: { t: '{{ tasks.b.result.text }}', n: '{{ run.input.n }}' },
            expression: 't & $string(n)',
          },
          dependencies: ['b'],
        },
      ],
    });
    const answer = await app.http('POST', `/api/v1/workflows/${id}/runs?wait=10`, { input: { n: 7 } });
    expect(answer.body).toMatchObject({
      status: 'succeeded',
      output: { c: { value: '1+7' } },
      tasksByStatus: { succeeded: 3 },
    });
    const events = await app.http('GET', `/api/v1/runs/${answer.body.id}/events`);
    const types = [...String(events.body).matchAll(/^event: (.*)$/gm)].map((match) => match[1]);
    expect(types).toEqual([
      'run.queued',
      'run.started',
      'task.ready',
      'task.started',
      'task.succeeded',
      'task.ready',
      'task.started',
      'task.succeeded',
      'task.ready',
      'task.started',
      'task.succeeded',
      'run.succeeded',
    ]);
  });

  it('parks for an approval and goes on when it comes', async () => {
    const id = await workflow({
      tasks: [
        { taskId: 'ask', taskType: 'human.approval', parameters: { question: 'Go on?' }, dependencies: [] },
        {
          taskId: 'after',
          taskType: 'text.render',
          parameters: { template: 'by {{ b }}', data: { b: '{{ tasks.ask.result.by }}' } },
          dependencies: ['ask'],
        },
      ],
    });
    const started = await app.http('POST', `/api/v1/workflows/${id}/runs?wait=1`, {});
    expect(started).toMatchObject({ status: 202, body: { status: 'waiting' } });
    const inbox = await app.http('GET', '/api/v1/tasks?status=waiting&waitingFor=person');
    expect(inbox.body.items).toMatchObject([{ taskId: 'ask', wait: { question: 'Go on?' } }]);
    const approved = await app.http('POST', `/api/v1/tasks/${inbox.body.items[0].id}/approve`, { by: 'ada' });
    expect(approved.status).toBe(202);
    const run = await app.http('GET', `/api/v1/runs/${started.body.id}/events`);
    expect(run.body).toContain('event: run.parked');
    expect((await app.http('GET', `/api/v1/runs/${started.body.id}`)).body).toMatchObject({
      status: 'succeeded',
      output: { after: { text: 'by ada' } },
    });
  });

  it('refuses an input that does not fit, with every issue, and starts nothing', async () => {
    const id = await workflow({
      inputSchema: {
        type: 'object',
        required: ['n'],
        properties: { n: { type: 'integer' }, s: { type: 'string' } },
      },
      tasks: [{ taskId: 'a', taskType: 'text.render', parameters: { template: 'x' }, dependencies: [] }],
    });
    const refused = await app.http('POST', `/api/v1/workflows/${id}/runs`, { input: { s: 1 } });
    expect(refused).toMatchObject({
      status: 422,
      body: {
        code: 'invalid_input',
        errors: [{ pointer: '/input' }, { pointer: '/input/s', code: 'invalid_type' }],
      },
    });
    expect((await app.http('GET', `/api/v1/runs?workflowId=${id}`)).body.items).toEqual([]);
    const started = await app.http('POST', `/api/v1/workflows/${id}/runs?wait=10`, { input: { n: 1 } });
    expect(started.body).toMatchObject({ status: 'succeeded', input: { n: 1 } });
  });
});

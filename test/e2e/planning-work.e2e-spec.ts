import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import { z } from 'zod';
import { done, type Done } from '../../src/tasks/domain/task-outcome.js';
import type { TaskHandler } from '../../src/tasks/domain/task-type.js';
import { TaskType } from '../../src/tasks/task-type.decorator.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const parameters = z.strictObject({ names: z.array(z.string()) });

@TaskType({
  name: 'test.greet-all',
  description: 'Greets everybody.',
  parameters,
  result: z.strictObject({ count: z.int() }),
  effects: () => 'none',
  examples: [],
  planning: { parameters: { names: { split: true } } },
})
class GreetAllTask implements TaskHandler<z.output<typeof parameters>, { count: number }> {
  execute({ names }: z.output<typeof parameters>): Promise<Done<{ count: number }>> {
    return Promise.resolve(done({ count: names.length }));
  }
}

@Module({ providers: [GreetAllTask] })
class GreetingsModule {}

let test: TestApp;
let ownerAgentId: string;
beforeAll(async () => {
  test = await startTestApp({ modules: [GreetingsModule] });
  ownerAgentId = (await test.http('POST', '/api/v1/agents', { name: 'Owner', capabilities: ['*'] })).body.id;
});
afterAll(() => test.close());

const NAMES = ['ada', 'bob', 'cy', 'dee', 'eve'];
const WITHOUT_MODEL = { source: 'twin', reason: 'provider_unavailable', costUsd: '0.000000000' };

describe('POST /planning/decompose', () => {
  const decompose = (body: object) => test.http('POST', '/api/v1/planning/decompose', body);

  it('splits a list that its task type marks', async () => {
    const task = { taskType: 'test.greet-all', description: 'Greet', parameters: { names: NAMES } };
    const { status, body } = await decompose({ task, maxSubTasks: 2 });
    expect(status).toBe(200);
    expect(body).toMatchObject({ ...WITHOUT_MODEL, isAtomic: false, spawned: {} });
    expect(body.subTasks).toEqual([
      {
        ...{
          taskId: 'part-1',
          taskType: 'test.greet-all',
          description: 'Greet: names, part 1',
          dependencies: [],
        },
        parameters: { names: ['ada', 'bob', 'cy'] },
      },
      {
        ...{
          taskId: 'part-2',
          taskType: 'test.greet-all',
          description: 'Greet: names, part 2',
          dependencies: [],
        },
        parameters: { names: ['dee', 'eve'] },
      },
    ]);
  });

  it.each([
    [
      { task: { taskType: 'timer.wait', parameters: { seconds: 1 } } },
      'Nothing in it can be worked on in parts.',
    ],
    [{ task: { taskType: 'no.such' } }, 'There is no task type "no.such".'],
    [
      { task: { taskType: 'timer.wait', parameters: { seconds: 'x' } } },
      'Its parameters do not fit its task type.',
    ],
    [
      { task: { taskType: 'test.greet-all', parameters: { names: NAMES } }, depth: 3 },
      'Parts are split 3 deep at most.',
    ],
  ])('leaves %j as it is', async (body, explanation) => {
    expect((await decompose(body)).body).toMatchObject({ isAtomic: true, explanation, subTasks: [] });
  });
});

describe('POST /tasks/:id/decompose', () => {
  const decompose = (taskId: string) => test.http('POST', `/api/v1/tasks/${taskId}/decompose`, {});

  it('leaves a task to the person it waits for where nothing says how to split it', async () => {
    const definition = {
      tasks: [{ taskId: 'ask', taskType: 'human.task', parameters: { question: 'Go on?' } }],
    };
    const workflow = await test.http('POST', '/api/v1/workflows', { name: 'W', ownerAgentId, definition });
    const run = await test.http('POST', `/api/v1/workflows/${workflow.body.id}/runs?wait=1`, {});
    const tasks = await test.http('GET', `/api/v1/runs/${run.body.id}/tasks`);
    const { status, body } = await decompose(tasks.body.items[0].id);
    expect([status, body]).toMatchObject([200, { ...WITHOUT_MODEL, isAtomic: true, spawned: {} }]);
  });

  it('splits no task that does its work itself', async () => {
    const body = { taskType: 'test.greet-all', parameters: { names: NAMES } };
    const run = await test.http('POST', `/api/v1/agents/${ownerAgentId}/tasks?wait=10`, body);
    const refused = await decompose(run.body.task.id);
    expect([refused.status, refused.body.code]).toEqual([409, 'task_works_itself']);
  });

  it('is 404 for a task that is not there', async () => {
    expect((await decompose('01920000-0000-7000-8000-00000000dead')).status).toBe(404);
  });
});

const wait = (taskId: string, seconds: number, dependencies: string[] = []) => ({
  ...{ taskId, taskType: 'text.render', parameters: { template: 'x' }, dependencies },
  estimatedDurationSeconds: seconds,
});

describe('POST /planning/optimize', () => {
  const optimize = (body: object) => test.http('POST', '/api/v1/planning/optimize', body);

  it('drops what others imply', async () => {
    const definition = { tasks: [wait('a', 1), wait('b', 1, ['a']), wait('c', 1, ['a', 'b'])] };
    const { body } = await optimize({ definition });
    expect(body).toMatchObject({
      ...WITHOUT_MODEL,
      makespanBeforeSeconds: 3,
      makespanAfterSeconds: 3,
      kept: [],
    });
    expect(body.removed).toEqual([{ taskId: 'c', dependency: 'a', why: 'implied' }]);
    expect(body.definition.tasks[2].dependencies).toEqual(['b']);
  });

  it('ranks the longest way first where not all can work at once', async () => {
    const definition = { tasks: [wait('a', 2), wait('b', 2), wait('c', 1), wait('d', 4, ['c'])] };
    const { body } = await optimize({ definition, concurrency: 2 });
    expect([body.makespanBeforeSeconds, body.makespanAfterSeconds]).toEqual([7, 5]);
    expect(body.priorities.map(({ taskId }: { taskId: string }) => taskId)).toContain('c');
  });

  it('goes by what the agents may do at a time', async () => {
    const child = await test.http('POST', `/api/v1/agents/${ownerAgentId}/children`, {
      ...{ name: 'One at a time', capabilities: ['text.render'], maxConcurrentTasks: 1 },
    });
    expect(child.status).toBe(201);
    const definition = { tasks: [wait('a', 1), wait('b', 2), wait('c', 3)] };
    expect((await optimize({ definition })).body.makespanAfterSeconds).toBe(3);
    expect((await optimize({ definition, ownerAgentId })).body.makespanAfterSeconds).toBe(6);
  });

  it('refuses what is no definition, with all that is wrong', async () => {
    const { status, body } = await optimize({ definition: { tasks: [wait('a', 1, ['b'])] } });
    expect([status, body.code, body.errors[0].pointer]).toEqual([
      ...[422, 'invalid_definition', '/definition/tasks/0/dependencies/0'],
    ]);
  });
});

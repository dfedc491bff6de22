import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CallHandler, Injectable, Module } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IdempotencyInterceptor } from '../../../src/access/idempotency.interceptor.js';
import { Contributes } from '../../../src/common/ports.js';
import { LicenceClassifyTask } from '../../../src/extensions/sample/licence-classify.task.js';
import type { TaskOutcome } from '../../../src/tasks/domain/task-outcome.js';
import { TASK_HISTORY, type TaskHistory } from '../../../src/tasks/task-history.port.js';
import { TaskTypeRegistry } from '../../../src/tasks/task-type.registry.js';
import { TaskTypesController } from '../../../src/tasks/task-types.controller.js';
import { TasksModule } from '../../../src/tasks/tasks.module.js';
import { taskContext } from './task-context.js';

@Injectable()
@Contributes(TASK_HISTORY)
class RecordedHistory implements TaskHistory {
  summarise() {
    const history = { count: 4, p50Seconds: 0.5, p95Seconds: 2, failureRate: 0.25 };
    return Promise.resolve(new Map([['text.render', history]]));
  }
}

/** A module of a team, as far as its task type goes. */
@Module({ providers: [LicenceClassifyTask] })
class TeamModule {}

@Module({ providers: [RecordedHistory] })
class HistoryModule {}

const start = async (folder: string, modules: (typeof TeamModule)[]): Promise<NestFastifyApplication> => {
  const tasks = TasksModule.forRoot({
    fileRoots: { readRoot: folder, dataDirectory: join(folder, 'data') },
    httpAllowedHosts: [],
  });
  const module = await Test.createTestingModule({ imports: [tasks, ...modules] })
    .overrideInterceptor(IdempotencyInterceptor)
    .useValue({ intercept: (_context: unknown, next: CallHandler) => next.handle() })
    .compile();
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  await app.init();
  return app;
};

describe('the catalogue of task types', () => {
  let folder: string;
  let app: NestFastifyApplication;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tandem-catalogue-'));
    await writeFile(join(folder, 'package.json'), '{"name":"sample"}');
    app = await start(folder, [TeamModule, HistoryModule]);
  });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true });
  });

  const get = async (path: string): Promise<unknown> =>
    (await app.inject({ method: 'GET', url: path })).json<unknown>();

  it('lists the built-in types and those of a team module by name', async () => {
    const { items, nextCursor } = (await get('/task-types')) as {
      items: { name: string }[];
      nextCursor: null;
    };
    expect(items.map(({ name }) => name)).toEqual([
      'data.aggregate',
      'data.transform',
      'data.validate',
      'file.read',
      'file.write',
      'http.request',
      'human.approval',
      'human.task',
      'licence.classify',
      'text.render',
      'timer.wait',
      'workflow.run',
    ]);
    expect(nextCursor).toBeNull();
  });

  it('shows schemas, effects, availability, adjustable parameters, examples and history', async () => {
    await expect(get('/task-types/http.request')).resolves.toMatchObject({
      name: 'http.request',
      effects: ['none', 'idempotent', 'irreversible'],
      availability: { available: true },
      adjustableParameters: ['query', 'expectStatus', 'timeoutSeconds'],
      parametersSchema: { type: 'object', required: ['url'], additionalProperties: false },
      history: null,
    });
    await expect(get('/task-types/text.render')).resolves.toMatchObject({
      history: { count: 4, p50Seconds: 0.5, p95Seconds: 2, failureRate: 0.25 },
      parametersSchema: { properties: { template: { 'x-literal': true } } },
    });
  });

  it('shows that a wait takes seconds or a time, but not both', async () => {
    await expect(get('/task-types/timer.wait')).resolves.toMatchObject({
      parametersSchema: { oneOf: [{ required: ['seconds'] }, { required: ['until'] }] },
    });
  });

  it('answers an unknown name with the names that exist', async () => {
    await expect(app.get(TaskTypesController).get('http.requests')).rejects.toMatchObject({
      kind: 'not_found',
      code: 'task_type_not_found',
      message: expect.stringContaining('There is no task type "http.requests". There are: data.aggregate, '),
      issues: [{ allowed: expect.arrayContaining(['http.request', 'licence.classify']) }],
    });
  });

  it('keeps references out of templates and expressions only', () => {
    const literal = app
      .get(TaskTypeRegistry)
      .list()
      .map((type) => [type.name, [...type.literalParameters]]);
    expect(literal.filter(([, names]) => (names ?? []).length > 0)).toEqual([
      ['data.transform', ['expression']],
      ['human.task', ['answerSchema']],
      ['text.render', ['template']],
    ]);
  });

  it('describes every parameter and every field of a result', () => {
    const bare = app
      .get(TaskTypeRegistry)
      .list()
      .flatMap((type) =>
        [type.parametersJsonSchema, type.resultJsonSchema].flatMap((schema) =>
          Object.entries(schema['properties'] as Record<string, { description?: string }>)
            .filter(([, { description }]) => description === undefined)
            .map(([field]) => `${type.name}.${field}`),
        ),
      );
    expect(bare).toEqual([]);
  });

  it('gives examples that work as they stand, with results that fit their schema', async () => {
    const ended: Record<string, string[]> = {};
    for (const type of app.get(TaskTypeRegistry).list()) {
      // These reach out to the internet.
      if (type.name === 'http.request') continue;
      for (const example of type.examples) {
        const outcome: TaskOutcome<unknown> = await type.handler.execute(
          type.parameters.parse(example.parameters),
          taskContext(),
        );
        if ('result' in outcome) type.result.parse(outcome.result);
        (ended[type.name] ??= []).push(outcome.kind);
      }
    }
    expect(ended).toEqual({
      'data.aggregate': ['done', 'done'],
      'data.transform': ['done'],
      'data.validate': ['done'],
      'file.read': ['done'],
      'file.write': ['done'],
      'human.approval': ['waitForPerson'],
      'human.task': ['waitForPerson'],
      'licence.classify': ['done'],
      'text.render': ['done'],
      'timer.wait': ['waitUntil', 'done'],
      'workflow.run': ['childRun'],
    });
  });

  it('has no history where no module contributes one', async () => {
    const bare = await start(folder, []);
    await expect(bare.get(TaskTypesController).get('text.render')).resolves.toMatchObject({ history: null });
    await bare.close();
  });
});

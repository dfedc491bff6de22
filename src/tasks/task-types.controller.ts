import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ApiRoute } from '../access/api-route.decorator.js';
import { Ports } from '../common/ports.js';
import type { RegisteredTaskType } from './domain/registered-task-type.js';
import { taskTypeView } from './task-type-view.js';
import { TASK_HISTORY } from './task-history.port.js';
import { TaskTypeRegistry } from './task-type.registry.js';
import { UnknownTaskTypeError } from './task-types.errors.js';
import {
  taskTypeListSchema,
  taskTypeSchema,
  type TaskTypeList,
  type TaskTypeView,
} from './task-types.schemas.js';

const TYPE_NAME = z.string().meta({ description: 'Name of the task type.', example: 'text.render' });

@ApiTags('Task types')
@Controller('task-types')
export class TaskTypesController {
  constructor(
    private readonly registry: TaskTypeRegistry,
    private readonly ports: Ports,
  ) {}

  @Get()
  @ApiRoute({
    operationId: 'listTaskTypes',
    summary: 'List the task types',
    description:
      'Everything a task can be in this deployment, by name, with schemas, effects, availability and history.',
    scope: 'task-types:read',
    ok: { status: 200, schema: taskTypeListSchema, description: 'All task types.' },
  })
  async list(): Promise<TaskTypeList> {
    return { items: await this.describe(this.registry.list()), nextCursor: null };
  }

  @Get(':type')
  @ApiRoute({
    operationId: 'getTaskType',
    summary: 'Show a task type',
    description:
      'One task type by its name, such as `http.request`. An unknown name is answered with those that exist.',
    scope: 'task-types:read',
    ok: { status: 200, schema: taskTypeSchema, description: 'The task type.' },
    errors: [404],
  })
  async get(@Param('type', { schema: TYPE_NAME }) name: string): Promise<TaskTypeView> {
    const type = this.registry.find(name);
    const [view] = type === undefined ? [] : await this.describe([type]);
    if (view === undefined)
      throw new UnknownTaskTypeError(
        name,
        this.registry.list().map((known) => known.name),
      );
    return view;
  }

  private async describe(types: readonly RegisteredTaskType[]): Promise<TaskTypeView[]> {
    const history = await this.ports.get(TASK_HISTORY).summarise(types.map(({ name }) => name));
    return types.map((type) => taskTypeView(type, history.get(type.name)));
  }
}

import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiRoute } from '../access/api-route.decorator.js';
import { pathId } from '../common/http/path-id.js';
import {
  type ListTasksQuery,
  listTasksQuerySchema,
  resultSchema,
  taskPageSchema,
  taskSchema,
  type TaskView,
} from './runs.schemas.js';
import { RunsService } from './runs.service.js';

const TASK_ID = pathId('task');
@ApiTags('Tasks')
@Controller('tasks')
export class TasksController {
  constructor(private readonly runs: RunsService) {}

  @Get()
  @ApiRoute({
    operationId: 'listTasks',
    summary: 'List tasks',
    description:
      'Oldest first; all given filters have to hold. `?status=waiting&waitingFor=person` is the inbox.',
    scope: 'tasks:read',
    ok: { status: 200, schema: taskPageSchema, description: 'One page of tasks.' },
  })
  list(@Query({ schema: listTasksQuerySchema }) query: ListTasksQuery): Promise<object> {
    return this.runs.listTasks(query);
  }

  @Get(':taskId')
  @ApiRoute({
    operationId: 'getTask',
    summary: 'Show a task',
    scope: 'tasks:read',
    ok: { status: 200, schema: taskSchema, description: 'The task.' },
    errors: [404],
  })
  get(@Param('taskId', { schema: TASK_ID }) id: string): Promise<TaskView> {
    return this.runs.getTask(id);
  }

  @Get(':taskId/result')
  @ApiRoute({
    operationId: 'getTaskResult',
    summary: 'Show the full result of a task',
    description: 'Whatever its size; the task itself shows results up to 32 kB.',
    scope: 'tasks:read',
    ok: { status: 200, schema: resultSchema, description: 'The result.' },
    errors: [404, 409],
  })
  result(@Param('taskId', { schema: TASK_ID }) id: string): Promise<object> {
    return this.runs.result(id);
  }
}

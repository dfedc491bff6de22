import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ApiRoute } from '../access/api-route.decorator.js';
import { pathId } from '../common/http/path-id.js';
import {
  type Decision,
  decisionSchema,
  type ListTasksQuery,
  listTasksQuerySchema,
  resultSchema,
  taskPageSchema,
  taskSchema,
  type TaskView,
} from './runs.schemas.js';
import { RunsService } from './runs.service.js';
import { SignalsService } from './signals.service.js';

const TASK_ID = pathId('task');
const DECIDED = {
  status: 202,
  schema: taskSchema,
  description: 'The task; the decision is on its way.',
} as const;

@ApiTags('Tasks')
@Controller('tasks')
export class TasksController {
  constructor(
    private readonly runs: RunsService,
    private readonly signals: SignalsService,
  ) {}

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

  @Post(':taskId/approve')
  @ApiRoute({
    operationId: 'approveTask',
    summary: 'Approve what a task asks',
    description: 'For a `human.approval` that waits: it succeeds with `{ approved, by, comment }`.',
    scope: 'tasks:write',
    ok: DECIDED,
    errors: [404, 409],
  })
  approve(
    @Param('taskId', { schema: TASK_ID }) id: string,
    @Body({ schema: decisionSchema }) body: Decision,
    @Req() request: FastifyRequest,
  ): Promise<TaskView> {
    return this.decide(id, 'approve', body, request);
  }

  @Post(':taskId/reject')
  @ApiRoute({
    operationId: 'rejectTask',
    summary: 'Reject what a task asks',
    description: 'For a `human.approval` that waits: it fails with the code `rejected`.',
    scope: 'tasks:write',
    ok: DECIDED,
    errors: [404, 409],
  })
  reject(
    @Param('taskId', { schema: TASK_ID }) id: string,
    @Body({ schema: decisionSchema }) body: Decision,
    @Req() request: FastifyRequest,
  ): Promise<TaskView> {
    return this.decide(id, 'reject', body, request);
  }

  private async decide(
    id: string,
    kind: 'approve' | 'reject',
    body: Decision,
    request: FastifyRequest,
  ): Promise<TaskView> {
    await this.signals.decide(id, kind, { ...body, by: body.by ?? request.caller.id });
    return this.runs.getTask(id);
  }
}

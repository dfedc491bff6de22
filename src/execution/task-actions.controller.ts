import { Body, Controller, Param, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiRoute } from '../access/api-route.decorator.js';
import { pathId } from '../common/http/path-id.js';
import { DelegationService } from './delegation.service.js';
import { type Decision, decisionSchema, taskSchema, type TaskView } from './runs.schemas.js';
import { RunsService } from './runs.service.js';
import {
  type ByWhom,
  byWhomSchema,
  type Completion,
  completionSchema,
  type Delegation,
  delegationSchema,
  type ResolutionBody,
  resolutionSchema,
  type SpawnedTask,
  spawnedTaskSchema,
  type SpawnTask,
  spawnTaskSchema,
} from './task-actions.schemas.js';
import { TaskSignalsService } from './task-signals.service.js';

const TASK_ID = pathId('task');
const ON_ITS_WAY = { status: 202, schema: taskSchema, description: 'The task; it is on its way.' } as const;

const byOf = <T extends { readonly by?: string | undefined }>(
  body: T,
  { caller }: FastifyRequest,
): T & { readonly by: string } => ({ ...body, by: body.by ?? caller.id });

@ApiTags('Tasks')
@Controller('tasks/:taskId')
export class TaskActionsController {
  constructor(
    private readonly runs: RunsService,
    private readonly signals: TaskSignalsService,
    private readonly delegation: DelegationService,
  ) {}

  @Post('approve')
  @ApiRoute({
    operationId: 'approveTask',
    summary: 'Approve what a task asks',
    description: 'For a `human.approval` that waits: it succeeds with `{ approved, by, comment }`.',
    scope: 'tasks:write',
    ok: { ...ON_ITS_WAY, description: 'The task; the decision is on its way.' },
    errors: [404, 409],
  })
  async approve(
    @Param('taskId', { schema: TASK_ID }) id: string,
    @Body({ schema: decisionSchema }) body: Decision,
    @Req() request: FastifyRequest,
  ): Promise<TaskView> {
    await this.signals.decide(id, 'approve', byOf(body, request));
    return this.runs.getTask(id);
  }

  @Post('reject')
  @ApiRoute({
    operationId: 'rejectTask',
    summary: 'Reject what a task asks',
    description: 'For a `human.approval` that waits: it fails with the code `rejected`.',
    scope: 'tasks:write',
    ok: { ...ON_ITS_WAY, description: 'The task; the decision is on its way.' },
    errors: [404, 409],
  })
  async reject(
    @Param('taskId', { schema: TASK_ID }) id: string,
    @Body({ schema: decisionSchema }) body: Decision,
    @Req() request: FastifyRequest,
  ): Promise<TaskView> {
    await this.signals.decide(id, 'reject', byOf(body, request));
    return this.runs.getTask(id);
  }

  @Post('complete')
  @ApiRoute({
    operationId: 'completeTask',
    summary: 'Answer what a task asks',
    description: 'For a `human.task` that waits: it succeeds with `{ answer, by }`.',
    scope: 'tasks:write',
    ok: ON_ITS_WAY,
    errors: [404, 409, 422],
  })
  async complete(
    @Param('taskId', { schema: TASK_ID }) id: string,
    @Body({ schema: completionSchema }) body: Completion,
    @Req() request: FastifyRequest,
  ): Promise<TaskView> {
    await this.signals.complete(id, byOf(body, request));
    return this.runs.getTask(id);
  }

  @Post('resolve')
  @ApiRoute({
    operationId: 'resolveTask',
    summary: 'Say what became of an attempt in doubt',
    description:
      'For a task that is `unknown`: its attempt cannot be undone and may or may not have had its effect. ' +
      'Once its run has ended this is kept on record, and a retry of the run goes by it; a second time is refused.',
    scope: 'tasks:write',
    ok: ON_ITS_WAY,
    errors: [404, 409, 422],
  })
  async resolve(
    @Param('taskId', { schema: TASK_ID }) id: string,
    @Body({ schema: resolutionSchema }) body: ResolutionBody,
    @Req() request: FastifyRequest,
  ): Promise<TaskView> {
    await this.signals.resolve(id, byOf(body, request));
    return this.runs.getTask(id);
  }

  @Post('cancel')
  @ApiRoute({
    operationId: 'cancelTask',
    summary: 'Cancel a task',
    description: 'Its attempt is aborted. Unless the task is optional, its run fails as `task_cancelled`.',
    scope: 'tasks:write',
    ok: ON_ITS_WAY,
    errors: [404, 409],
  })
  async cancel(
    @Param('taskId', { schema: TASK_ID }) id: string,
    @Body({ schema: byWhomSchema }) body: ByWhom,
    @Req() request: FastifyRequest,
  ): Promise<TaskView> {
    await this.signals.cancel(id, byOf(body, request).by);
    return this.runs.getTask(id);
  }

  @Post('retry')
  @ApiRoute({
    operationId: 'retryTask',
    summary: 'Start the next attempt of a task now',
    description: 'For a task that waits for its next attempt, or for a person after a failure.',
    scope: 'tasks:write',
    ok: ON_ITS_WAY,
    errors: [404, 409],
  })
  async retry(
    @Param('taskId', { schema: TASK_ID }) id: string,
    @Body({ schema: byWhomSchema }) body: ByWhom,
    @Req() request: FastifyRequest,
  ): Promise<TaskView> {
    await this.signals.retry(id, byOf(body, request).by);
    return this.runs.getTask(id);
  }

  @Post('delegate')
  @ApiRoute({
    operationId: 'delegateTask',
    summary: 'Give a task to another agent',
    description:
      'To an active, capable agent of the owner. A running attempt is aborted and begins again with the same key.',
    scope: 'tasks:write',
    ok: ON_ITS_WAY,
    errors: [404, 409],
  })
  async delegate(
    @Param('taskId', { schema: TASK_ID }) id: string,
    @Body({ schema: delegationSchema }) body: Delegation,
    @Req() request: FastifyRequest,
  ): Promise<TaskView> {
    await this.delegation.delegate(id, byOf(body, request));
    return this.runs.getTask(id);
  }

  @Post('children')
  @ApiRoute({
    operationId: 'spawnTask',
    summary: 'Spawn a task below another one',
    description: 'It starts at once, and the task above ends only when it has. Three deep at most.',
    scope: 'tasks:write',
    ok: {
      status: 202,
      schema: spawnedTaskSchema,
      description: 'Where the new task will be.',
      headers: { Location: 'Address of the new task.' },
    },
    errors: [404, 409, 422],
  })
  async spawn(
    @Param('taskId', { schema: TASK_ID }) id: string,
    @Body({ schema: spawnTaskSchema }) body: SpawnTask,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SpawnedTask> {
    const spawned = await this.delegation.spawn(id, byOf(body, request));
    reply.header('Location', `/api/v1/tasks/${spawned.id}`);
    return spawned;
  }
}

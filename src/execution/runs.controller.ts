import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SAMPLE_WORKFLOW_ID } from '../workflows/workflow.js';
import { ApiRoute } from '../access/api-route.decorator.js';
import { pathId } from '../common/http/path-id.js';
import type { JsonValue } from '../common/json.js';
import { RunStarts } from './run-starts.service.js';
import {
  type ListRunsQuery,
  listRunsQuerySchema,
  type ListRunTasksQuery,
  listRunTasksQuerySchema,
  runPageSchema,
  runSchema,
  type RunView,
  type StartRun,
  nothingSchema,
  startRunSchema,
  taskPageSchema,
  type WaitQuery,
  waitQuerySchema,
} from './runs.schemas.js';
import { RunsService } from './runs.service.js';
import { SignalsService } from './signals.service.js';
import { started } from './started.js';
import { WaitInterceptor } from './wait.interceptor.js';

const RUN_ID = pathId('run');
const LOCATION = { Location: 'Address of the run.' };
const WAITS = 'Answers 202 at once, or with `?wait=` 200 and the final state if the run ends in time.';
/** `?wait=` and the run has ended in time. */
const ENDED = { status: 200, schema: runSchema, description: 'The final state.', headers: LOCATION } as const;
const ACCEPTED = {
  status: 202,
  schema: runSchema,
  description: 'The run, accepted.',
  headers: LOCATION,
} as const;

@ApiTags('Runs')
@Controller()
export class RunsController {
  constructor(
    private readonly runs: RunsService,
    private readonly starts: RunStarts,
    private readonly signals: SignalsService,
  ) {}

  @Post('workflows/:workflowId/runs')
  @ApiRoute({
    operationId: 'startRun',
    summary: 'Run a workflow',
    description: WAITS,
    scope: 'runs:write',
    ok: ACCEPTED,
    orElse: ENDED,
    errors: [404, 409, 422],
    afterCommit: WaitInterceptor,
  })
  async start(
    @Param('workflowId', { schema: pathId('workflow', SAMPLE_WORKFLOW_ID) }) workflowId: string,
    @Body({ schema: startRunSchema }) body: StartRun,
    @Query({ schema: waitQuerySchema }) _query: WaitQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RunView> {
    const id = await this.starts.startWorkflow(workflowId, (body.input ?? null) as JsonValue);
    return started(reply, await this.runs.get(id));
  }

  @Get('runs')
  @ApiRoute({
    operationId: 'listRuns',
    summary: 'List runs',
    description: 'Oldest first; all given filters have to hold.',
    scope: 'runs:read',
    ok: { status: 200, schema: runPageSchema, description: 'One page of runs.' },
  })
  list(@Query({ schema: listRunsQuerySchema }) query: ListRunsQuery): Promise<object> {
    return this.runs.list(query);
  }

  @Get('runs/:runId')
  @ApiRoute({
    operationId: 'getRun',
    summary: 'Show a run',
    scope: 'runs:read',
    ok: { status: 200, schema: runSchema, description: 'The run.' },
    errors: [404],
  })
  get(@Param('runId', { schema: RUN_ID }) id: string): Promise<RunView> {
    return this.runs.get(id);
  }

  @Get('runs/:runId/tasks')
  @ApiRoute({
    operationId: 'listRunTasks',
    summary: 'List the tasks of a run',
    description: 'In the order of the definition.',
    scope: 'runs:read',
    ok: { status: 200, schema: taskPageSchema, description: 'One page of tasks.' },
    errors: [404],
  })
  listTasks(
    @Param('runId', { schema: RUN_ID }) id: string,
    @Query({ schema: listRunTasksQuerySchema }) query: ListRunTasksQuery,
  ): Promise<object> {
    return this.runs.listRunTasks(id, query);
  }

  @Post('runs/:runId/cancel')
  @ApiRoute({
    operationId: 'cancelRun',
    summary: 'Cancel a run',
    description:
      'Holds from the event `run.cancelled`; an end committed earlier wins. Running attempts are aborted.',
    scope: 'runs:write',
    orElse: ENDED,
    ok: {
      status: 202,
      schema: runSchema,
      description: 'The run; the cancel is on its way.',
      headers: LOCATION,
    },
    errors: [404, 409],
    afterCommit: WaitInterceptor,
  })
  async cancel(
    @Param('runId', { schema: RUN_ID }) id: string,
    @Body({ schema: nothingSchema }) _body: object,
    @Query({ schema: waitQuerySchema }) _query: WaitQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RunView> {
    await this.signals.cancel(id, request.caller.id);
    return started(reply, await this.runs.get(id));
  }

  @Post('runs/:runId/pause')
  @ApiRoute({
    operationId: 'pauseRun',
    summary: 'Pause a run',
    description: 'Holds from the event `run.paused`: nothing new starts, running attempts end.',
    scope: 'runs:write',
    ok: {
      status: 202,
      schema: runSchema,
      description: 'The run; the pause is on its way.',
      headers: LOCATION,
    },
    errors: [404, 409],
  })
  async pause(
    @Param('runId', { schema: RUN_ID }) id: string,
    @Body({ schema: nothingSchema }) _body: object,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RunView> {
    await this.signals.pause(id, request.caller.id);
    return started(reply, await this.runs.get(id));
  }

  @Post('runs/:runId/resume')
  @ApiRoute({
    operationId: 'resumeRun',
    summary: 'Resume a paused run',
    scope: 'runs:write',
    ok: { status: 202, schema: runSchema, description: 'The run; it goes on shortly.', headers: LOCATION },
    errors: [404, 409],
  })
  async resume(
    @Param('runId', { schema: RUN_ID }) id: string,
    @Body({ schema: nothingSchema }) _body: object,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RunView> {
    await this.signals.resume(id, request.caller.id);
    return started(reply, await this.runs.get(id));
  }

  @Post('runs/:runId/retry')
  @ApiRoute({
    operationId: 'retryRun',
    summary: 'Retry a failed or cancelled run',
    description: `Starts a new run (\`retryOfRunId\`) that takes over every result that succeeded. ${WAITS}`,
    scope: 'runs:write',
    ok: ACCEPTED,
    orElse: ENDED,
    errors: [404, 409],
    afterCommit: WaitInterceptor,
  })
  async retry(
    @Param('runId', { schema: RUN_ID }) id: string,
    @Body({ schema: nothingSchema }) _body: object,
    @Query({ schema: waitQuerySchema }) _query: WaitQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RunView> {
    return started(reply, await this.runs.get(await this.starts.retry(id)));
  }
}

import { Body, Controller, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { SAMPLE_AGENT_ID } from '../agents/agents.schemas.js';
import { ApiRoute, type RouteAnswer } from '../access/api-route.decorator.js';
import { pathId } from '../common/http/path-id.js';
import { RunStarts } from './run-starts.service.js';
import {
  runSchema,
  type RunView,
  type StartTask,
  startTaskSchema,
  type WaitQuery,
  waitQuerySchema,
} from './runs.schemas.js';
import { RunsService } from './runs.service.js';
import { started } from './started.js';
import { WaitInterceptor } from './wait.interceptor.js';

const ACCEPTED: RouteAnswer = {
  status: 202,
  schema: runSchema,
  description: 'The run, accepted.',
  headers: { Location: 'Address of the run.' },
};

@ApiTags('Agents')
@Controller('agents/:agentId/tasks')
export class AgentTasksController {
  constructor(
    private readonly runs: RunsService,
    private readonly starts: RunStarts,
  ) {}

  @Post()
  @ApiRoute({
    operationId: 'startTask',
    summary: 'Run one task',
    description:
      'A run with one task and no workflow. Answers 202 at once, or with `?wait=` 200 and the final state if it ends in time.',
    scope: 'tasks:write',
    ok: ACCEPTED,
    orElse: { status: 200, schema: runSchema, description: 'The final state.' },
    errors: [404, 409, 422],
    afterCommit: WaitInterceptor,
  })
  async start(
    @Param('agentId', { schema: pathId('agent', SAMPLE_AGENT_ID) }) agentId: string,
    @Body({ schema: startTaskSchema }) body: StartTask,
    @Query({ schema: waitQuerySchema }) _query: WaitQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RunView> {
    return started(reply, await this.runs.get(await this.starts.startTask(agentId, body)));
  }

  @Post('intelligent')
  @ApiRoute({
    operationId: 'startIntelligentTask',
    summary: 'Run one task with the help of models',
    description:
      'The same, and where the task fails in a way that no rule covers, a model may say what to do: when is a matter ' +
      'of the intelligence level of the agent, what of its mode. Without failures nothing differs and nothing is paid.',
    scope: 'tasks:write',
    ok: ACCEPTED,
    orElse: { status: 200, schema: runSchema, description: 'The final state.' },
    errors: [404, 409, 422],
    afterCommit: WaitInterceptor,
  })
  async startIntelligent(
    @Param('agentId', { schema: pathId('agent', SAMPLE_AGENT_ID) }) agentId: string,
    @Body({ schema: startTaskSchema }) body: StartTask,
    @Query({ schema: waitQuerySchema }) _query: WaitQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RunView> {
    return started(reply, await this.runs.get(await this.starts.startTask(agentId, body, true)));
  }
}

import { Body, Controller, Delete, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApiRoute } from '../../access/api-route.decorator.js';
import { pathId } from '../../common/http/path-id.js';
import { SAMPLE_WORKFLOW_ID } from '../../workflows/workflow.js';
import { toScheduleView } from './schedule-view.js';
import {
  type CreateSchedule,
  createScheduleSchema,
  type ListSchedulesQuery,
  listSchedulesQuerySchema,
  type SchedulePage,
  schedulePageSchema,
  scheduleSchema,
  type ScheduleView,
} from './schedules.schemas.js';
import { SchedulesService } from './schedules.service.js';

const WORKFLOW_ID = pathId('workflow', SAMPLE_WORKFLOW_ID);
const SCHEDULE_ID = pathId('schedule');

@ApiTags('Schedules')
@Controller()
export class SchedulesController {
  constructor(private readonly schedules: SchedulesService) {}

  @Post('workflows/:workflowId/schedules')
  @ApiRoute({
    operationId: 'createSchedule',
    summary: 'Run a workflow at times of a calendar',
    description:
      'Every fire starts one run of the definition as it is then, with the input of the schedule. A fire that cannot start one is shown as `lastError`; later ones follow.',
    scope: 'runs:write',
    ok: {
      status: 201,
      schema: scheduleSchema,
      description: 'The schedule.',
      headers: { Location: 'Address of the schedule.' },
    },
    errors: [404, 422],
  })
  async create(
    @Param('workflowId', { schema: WORKFLOW_ID }) workflowId: string,
    @Body({ schema: createScheduleSchema }) body: CreateSchedule,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ScheduleView> {
    const schedule = await this.schedules.create(workflowId, body);
    reply.header('Location', `/api/v1/schedules/${schedule.id}`);
    return toScheduleView(schedule);
  }

  @Get('workflows/:workflowId/schedules')
  @ApiRoute({
    operationId: 'listSchedules',
    summary: 'List the schedules of a workflow',
    description: 'Oldest first.',
    scope: 'runs:read',
    ok: { status: 200, schema: schedulePageSchema, description: 'One page of schedules.' },
    errors: [404],
  })
  async list(
    @Param('workflowId', { schema: WORKFLOW_ID }) workflowId: string,
    @Query({ schema: listSchedulesQuerySchema }) query: ListSchedulesQuery,
  ): Promise<SchedulePage> {
    const { items, nextCursor } = await this.schedules.list(workflowId, query);
    return { items: items.map(toScheduleView), nextCursor };
  }

  @Get('schedules/:scheduleId')
  @ApiRoute({
    operationId: 'getSchedule',
    summary: 'Show a schedule',
    scope: 'runs:read',
    ok: { status: 200, schema: scheduleSchema, description: 'The schedule.' },
    errors: [404],
  })
  async get(@Param('scheduleId', { schema: SCHEDULE_ID }) id: string): Promise<ScheduleView> {
    return toScheduleView(await this.schedules.get(id));
  }

  @Delete('schedules/:scheduleId')
  @ApiRoute({
    operationId: 'deleteSchedule',
    summary: 'Delete a schedule',
    description: 'From then on it starts nothing. Runs that it has started go on.',
    scope: 'runs:write',
    ok: { status: 204, description: 'It is gone.' },
    errors: [404],
  })
  remove(@Param('scheduleId', { schema: SCHEDULE_ID }) id: string): Promise<void> {
    return this.schedules.remove(id);
  }
}

import { Controller, Get, Headers, Param, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiRoute } from '../access/api-route.decorator.js';
import { pathId } from '../common/http/path-id.js';
import { EventStream } from './event-stream.js';
import { readLastEventId } from './last-event-id.js';
import { RunEventsService } from './run-events.service.js';
import { type EventsQuery, eventsQuerySchema } from './runs.schemas.js';

const LAST_EVENT_ID = {
  name: 'Last-Event-ID',
  required: false,
  description:
    'Number of the last event you have; sent by browsers when they reconnect. Goes before `after`.',
};

@ApiTags('Runs')
@Controller('runs/:runId/events')
export class RunEventsController {
  constructor(private readonly events: RunEventsService) {}

  @Get()
  @ApiHeader(LAST_EVENT_ID)
  @ApiRoute({
    operationId: 'followRun',
    summary: 'Follow the events of a run',
    description:
      'Server-sent events: `id` is the number of the event, `event` its type, `data` the event as JSON. Resumes at any ' +
      'point of the life of a run, ends after its last event; asking again after that is answered 204.',
    scope: 'runs:read',
    ok: { status: 200, description: 'The events from there on.', mediaType: 'text/event-stream' },
    orElse: { status: 204, description: 'The run has ended and you have all its events.' },
    errors: [404],
  })
  async follow(
    @Param('runId', { schema: pathId('run') }) runId: string,
    @Query({ schema: eventsQuerySchema }) query: EventsQuery,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const after = readLastEventId(lastEventId) ?? query.after ?? 0;
    const source = await this.events.sourceAfter(runId, after);
    if (source === null) return void reply.status(204).send();
    reply.hijack();
    await new EventStream(reply.raw, { 'X-Request-Id': request.id }).follow(after, source);
  }
}

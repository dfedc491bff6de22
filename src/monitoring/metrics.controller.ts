import { Controller, Get, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApiRoute } from '../access/api-route.decorator.js';
import { MetricsRegistry } from '../common/metrics.js';

@ApiTags('Monitoring')
@Controller('metrics')
export class MetricsController {
  constructor(private readonly registry: MetricsRegistry) {}

  @Get()
  @ApiRoute({
    operationId: 'getMetrics',
    summary: 'Metrics for Prometheus',
    scope: 'monitoring:read',
    ok: { status: 200, mediaType: 'text/plain', description: 'Metrics in the Prometheus text format 0.0.4.' },
  })
  read(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    reply.type(this.registry.contentType);
    return this.registry.metrics();
  }
}

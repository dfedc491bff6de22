import { Controller, Get, HttpStatus, Res } from '@nestjs/common';
import { ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApiRoute } from '../access/api-route.decorator.js';
import { Lifecycle } from '../common/lifecycle.js';
import { type Probe, probeSchema, type Readiness, readinessSchema } from './health.schemas.js';
import { ReadinessService } from './readiness.service.js';

@ApiTags('Monitoring')
@Controller('health')
export class HealthController {
  constructor(
    private readonly readiness: ReadinessService,
    private readonly lifecycle: Lifecycle,
  ) {}

  @Get('live')
  @ApiRoute({
    operationId: 'getLiveness',
    summary: 'Whether the process answers',
    description: 'Looks at nothing else: a database that is away is no reason to restart the process.',
    scope: 'public',
    ok: { status: 200, schema: probeSchema, description: 'It answers.' },
  })
  live(): Probe {
    return { status: 'up' };
  }

  @Get('ready')
  @ApiRoute({
    operationId: 'getReadiness',
    summary: 'Whether the process takes work',
    description: 'Not while the database is away, a check of any module fails, or the process drains.',
    scope: 'public',
    ok: { status: 200, schema: readinessSchema, description: 'It takes work.' },
  })
  @ApiServiceUnavailableResponse({ standardSchema: readinessSchema, description: 'It does not, and why.' })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readiness> {
    const readiness = await this.readiness.read();
    if (readiness.status === 'down') reply.status(HttpStatus.SERVICE_UNAVAILABLE);
    return readiness;
  }

  @Get('startup')
  @ApiRoute({
    operationId: 'getStartup',
    summary: 'Whether the process has started',
    scope: 'public',
    ok: { status: 200, schema: probeSchema, description: 'Every module has been set up.' },
  })
  @ApiServiceUnavailableResponse({ standardSchema: probeSchema, description: 'It is still starting.' })
  startup(@Res({ passthrough: true }) reply: FastifyReply): Probe {
    if (this.lifecycle.isStarted) return { status: 'up' };
    reply.status(HttpStatus.SERVICE_UNAVAILABLE);
    return { status: 'down' };
  }
}

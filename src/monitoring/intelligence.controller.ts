import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiRoute } from '../access/api-route.decorator.js';
import { IntelligenceMetrics } from './intelligence-metrics.service.js';
import {
  costReportSchema,
  type CostReportView,
  type CostsQuery,
  costsQuerySchema,
  type IntelligenceQuery,
  intelligenceQuerySchema,
  intelligenceSchema,
  type IntelligenceView,
} from './intelligence.schemas.js';

@ApiTags('Model use')
@Controller('monitoring')
export class IntelligenceController {
  constructor(private readonly metrics: IntelligenceMetrics) {}

  @Get('intelligence')
  @ApiRoute({
    operationId: 'getIntelligenceMetrics',
    summary: 'Show how models are used',
    description:
      'Calls, cost, tokens, success, latency, and how many answers came from models, the cache, rules and twins.',
    scope: 'monitoring:read',
    ok: { status: 200, schema: intelligenceSchema, description: 'The total, and each group.' },
    errors: [422],
  })
  intelligence(
    @Query({ schema: intelligenceQuerySchema }) query: IntelligenceQuery,
  ): Promise<IntelligenceView> {
    return this.metrics.getMetrics(query);
  }

  @Get('costs')
  @ApiRoute({
    operationId: 'getModelCosts',
    summary: 'Show what models cost',
    description: 'Sums of the record of calls; what is under way counts when it has ended.',
    scope: 'monitoring:read',
    ok: { status: 200, schema: costReportSchema, description: 'The total, and each group.' },
    errors: [422],
  })
  costs(@Query({ schema: costsQuerySchema }) query: CostsQuery): Promise<CostReportView> {
    return this.metrics.getCosts(query);
  }
}

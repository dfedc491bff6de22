import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiRoute } from '../access/api-route.decorator.js';
import { pathId } from '../common/http/path-id.js';
import { formatUsd } from '../common/money.js';
import { RunSummaries } from './functions/summarise-run/run-summaries.service.js';
import { Interactions } from './interactions/interactions.service.js';
import { type RunCostsView, runCostsSchema, runSummarySchema, type RunSummaryView } from './llm.schemas.js';

const RUN_ID = pathId('run');

@ApiTags('Runs')
@Controller('runs/:runId')
export class RunModelsController {
  constructor(
    private readonly interactions: Interactions,
    private readonly summaries: RunSummaries,
  ) {}

  @Get('costs')
  @ApiRoute({
    operationId: 'getRunCosts',
    summary: 'Show what the model calls of a run cost',
    scope: 'runs:read',
    ok: { status: 200, schema: runCostsSchema, description: 'The costs.' },
    errors: [404],
  })
  costs(@Param('runId', { schema: RUN_ID }) runId: string): Promise<RunCostsView> {
    return this.interactions.costsOf(runId);
  }

  @Get('summary')
  @ApiRoute({
    operationId: 'getRunSummary',
    summary: 'Summarise what happened in a run',
    description:
      'One paragraph, by a model where the feature dynamic_inference is on, a provider is configured and the budgets ' +
      'allow it, else from a template. The same run is summarised by a model once while the answer is kept.',
    scope: 'runs:read',
    ok: { status: 200, schema: runSummarySchema, description: 'The summary.' },
    errors: [404],
  })
  async summary(@Param('runId', { schema: RUN_ID }) runId: string): Promise<RunSummaryView> {
    const { value, source, reason, detail, interactionId, costNanoUsd } =
      await this.summaries.summarise(runId);
    const { summary } = value;
    return { runId, summary, source, reason, detail, interactionId, costUsd: formatUsd(costNanoUsd) };
  }
}

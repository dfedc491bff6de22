import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiRoute } from '../access/api-route.decorator.js';
import { pathId } from '../common/http/path-id.js';
import { Catalogue } from './catalogue.service.js';
import { Interactions } from './interactions/interactions.service.js';
import {
  type InteractionDetailView,
  interactionDetailSchema,
  interactionPageSchema,
  type ListInteractionsQuery,
  listInteractionsQuerySchema,
  modelListSchema,
  type ModelListView,
  providerListSchema,
  type ProviderListView,
} from './llm.schemas.js';

@ApiTags('Models')
@Controller('llm')
export class LlmController {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly interactions: Interactions,
  ) {}

  @Get('providers')
  @ApiRoute({
    operationId: 'listLlmProviders',
    summary: 'List the providers of models',
    description: 'Which are on, why the others are not, and which models are not asked for now.',
    scope: 'llm:read',
    ok: { status: 200, schema: providerListSchema, description: 'All providers.' },
  })
  providers(): ProviderListView {
    return this.catalogue.providers();
  }

  @Get('models')
  @ApiRoute({
    operationId: 'listLlmModels',
    summary: 'List the models with their prices',
    scope: 'llm:read',
    ok: { status: 200, schema: modelListSchema, description: 'All priced models.' },
  })
  models(): ModelListView {
    return this.catalogue.models();
  }

  @Get('interactions')
  @ApiRoute({
    operationId: 'listLlmInteractions',
    summary: 'List model calls',
    description: 'Latest first; all given filters have to hold. `?outcome=pending` shows those under way.',
    scope: 'llm:read',
    ok: { status: 200, schema: interactionPageSchema, description: 'One page of calls.' },
  })
  list(@Query({ schema: listInteractionsQuerySchema }) query: ListInteractionsQuery): Promise<object> {
    return this.interactions.list(query);
  }

  @Get('interactions/:interactionId')
  @ApiRoute({
    operationId: 'getLlmInteraction',
    summary: 'Show a model call',
    description: 'With what was asked and answered, as LLM_CAPTURE_CONTENT keeps it.',
    scope: 'llm:read',
    ok: { status: 200, schema: interactionDetailSchema, description: 'The call.' },
    errors: [404],
  })
  get(@Param('interactionId', { schema: pathId('interaction') }) id: string): Promise<InteractionDetailView> {
    return this.interactions.get(id);
  }
}

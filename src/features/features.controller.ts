import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiRoute } from '../access/api-route.decorator.js';
import { CalledBy } from '../access/caller.decorator.js';
import type { Caller } from '../access/caller.js';
import { type ListQuery, listQuerySchema } from '../common/cursor.js';
import { IfMatch } from '../common/http/if-match.decorator.js';
import { switchOf } from './domain/feature-switch.js';
import { FeatureViews } from './feature-views.service.js';
import {
  type FeatureChangePage,
  featureChangePageSchema,
  type FeatureList,
  featureListSchema,
  featureNameSchema,
  featureSchema,
  type FeatureView,
} from './features.schemas.js';
import { type PutFeature, putFeatureSchema } from './switches/switch.schemas.js';
import { Switches } from './switches/switches.service.js';

const etag = (body: unknown): object => switchOf(body as FeatureView);

@ApiTags('Features')
@Controller('features')
export class FeaturesController {
  constructor(
    private readonly views: FeatureViews,
    private readonly switches: Switches,
  ) {}

  @Get()
  @ApiRoute({
    operationId: 'listFeatures',
    summary: 'List the features of this deployment',
    description: 'Which features are on, and for each one why or why not, and for whom.',
    scope: 'features:read',
    ok: { status: 200, schema: featureListSchema, description: 'All features, before what is part of them.' },
  })
  async list(): Promise<FeatureList> {
    return { items: await this.views.list(), nextCursor: null };
  }

  @Get(':feature')
  @ApiRoute({
    operationId: 'getFeature',
    summary: 'Show a feature',
    scope: 'features:read',
    ok: { status: 200, schema: featureSchema, description: 'The feature.', etag },
    errors: [404],
  })
  get(@Param('feature', { schema: featureNameSchema }) feature: string): Promise<FeatureView> {
    return this.views.get(feature);
  }

  @Put(':feature')
  @ApiRoute({
    operationId: 'putFeature',
    summary: 'Switch a feature, or say for whom it is on',
    description:
      'Holds at once in this process and within a second in all others. Turned off, model calls under way for it are ended, settled, and answered by rules. Nothing turns on what the environment forbids.',
    scope: 'features:write',
    ok: { status: 200, schema: featureSchema, description: 'The feature as it stands now.', etag },
    errors: [404, 409, 412],
  })
  async put(
    @Param('feature', { schema: featureNameSchema }) feature: string,
    @Body({ schema: putFeatureSchema }) body: PutFeature,
    @CalledBy() { id }: Caller,
    @IfMatch() ifMatch: string | undefined,
  ): Promise<FeatureView> {
    await this.views.get(feature);
    await this.switches.put(feature, body, { changedBy: id, ifMatch });
    return this.views.get(feature);
  }

  @Get(':feature/changes')
  @ApiRoute({
    operationId: 'listFeatureChanges',
    summary: 'List who switched a feature',
    description: 'Latest first.',
    scope: 'features:read',
    ok: { status: 200, schema: featureChangePageSchema, description: 'One page of changes.' },
    errors: [404],
  })
  async changes(
    @Param('feature', { schema: featureNameSchema }) feature: string,
    @Query({ schema: listQuerySchema }) { limit, cursor }: ListQuery,
  ): Promise<FeatureChangePage> {
    const known = await this.views.get(feature);
    const { items, nextCursor } = await this.switches.changes(feature, limit, cursor);
    return {
      items: items.map((change) => ({
        ...change,
        feature: known.feature,
        changedAt: change.changedAt.toISOString(),
      })),
      nextCursor,
    };
  }
}

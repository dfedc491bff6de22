import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiRoute } from '../access/api-route.decorator.js';
import { Features } from './features.port.js';
import { type FeatureList, featureListSchema } from './features.schemas.js';

@ApiTags('Features')
@Controller('features')
export class FeaturesController {
  constructor(private readonly features: Features) {}

  @Get()
  @ApiRoute({
    operationId: 'listFeatures',
    summary: 'List the features of this deployment',
    description: 'Which features are on, and for each one why or why not.',
    scope: 'features:read',
    ok: { status: 200, schema: featureListSchema, description: 'All features.' },
  })
  list(): FeatureList {
    return { items: [...this.features.describe()], nextCursor: null };
  }
}

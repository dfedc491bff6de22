import { Body, Controller, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiRoute } from '../access/api-route.decorator.js';
import {
  type ValidateQuery,
  validateQuerySchema,
  validationSchema,
  type ValidationView,
} from './definition-validation.schemas.js';
import { uncheckedDefinitionSchema } from './unchecked-definition.schema.js';
import { toValidationView } from './workflow-view.js';
import { WorkflowsService } from './workflows.service.js';

@ApiTags('Definitions')
@Controller('definitions')
export class DefinitionsController {
  constructor(private readonly workflows: WorkflowsService) {}

  @Post('validate')
  @ApiRoute({
    operationId: 'validateDefinition',
    summary: 'Check a definition and quote it',
    description: 'Takes any JSON and reports all issues at once, with a quote when the graph is intact.',
    scope: 'workflows:read',
    ok: { status: 200, schema: validationSchema, description: 'All issues, and the quote.' },
    errors: [422],
  })
  async validate(
    @Query({ schema: validateQuerySchema }) query: ValidateQuery,
    @Body({ schema: uncheckedDefinitionSchema }) body: unknown,
  ): Promise<ValidationView> {
    return toValidationView(await this.workflows.validate(body, query.ownerAgentId));
  }
}

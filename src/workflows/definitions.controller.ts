import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { ApiRoute } from '../access/api-route.decorator.js';
import { IfMatch } from '../common/http/if-match.decorator.js';
import { pathId } from '../common/http/path-id.js';
import { type Definition, definitionSchema } from './domain/definition.js';
import {
  type ValidateQuery,
  validateQuerySchema,
  validationSchema,
  type ValidationView,
} from './definition-validation.schemas.js';
import { WorkflowChangesService } from './workflow-changes.service.js';
import { toValidationView } from './workflow-view.js';
import { DEFINITION_BODY } from './workflows.schemas.js';
import { WorkflowsService } from './workflows.service.js';

const WORKFLOW_ID = pathId('workflow');
const etag = (body: unknown): object => body as Definition;

@ApiTags('Workflows')
@Controller()
export class DefinitionsController {
  constructor(
    private readonly workflows: WorkflowsService,
    private readonly changes: WorkflowChangesService,
  ) {}

  @Get('workflows/:workflowId/definition')
  @ApiRoute({
    operationId: 'getDefinition',
    summary: 'Show the definition a workflow runs',
    scope: 'workflows:read',
    ok: { status: 200, schema: definitionSchema, description: 'The definition.', etag },
    errors: [404],
  })
  get(@Param('workflowId', { schema: WORKFLOW_ID }) id: string): Promise<Definition> {
    return this.workflows.getDefinition(id);
  }

  @Put('workflows/:workflowId/definition')
  @ApiBody(DEFINITION_BODY)
  @ApiRoute({
    operationId: 'putDefinition',
    summary: 'Set the definition a workflow runs',
    description:
      'Runs that have started keep theirs. An equal definition leaves `definitionVersion` as it is.',
    scope: 'workflows:write',
    ok: { status: 200, schema: definitionSchema, description: 'The definition, defaults filled in.', etag },
    errors: [404, 412, 422],
  })
  put(
    @Param('workflowId', { schema: WORKFLOW_ID }) id: string,
    @Body() body: unknown,
    @IfMatch() ifMatch: string | undefined,
  ): Promise<Definition> {
    return this.changes.putDefinition(id, body, ifMatch);
  }

  @Post('definitions/validate')
  @ApiBody(DEFINITION_BODY)
  @ApiRoute({
    operationId: 'validateDefinition',
    summary: 'Check a definition and quote it',
    description: 'Takes any JSON and reports all issues at once. Nothing is stored.',
    scope: 'workflows:read',
    ok: { status: 200, schema: validationSchema, description: 'All issues, and the quote.' },
    errors: [422],
  })
  async validate(
    @Query({ schema: validateQuerySchema }) query: ValidateQuery,
    @Body() body: unknown,
  ): Promise<ValidationView> {
    return toValidationView(await this.workflows.validate(body, query.ownerAgentId));
  }
}

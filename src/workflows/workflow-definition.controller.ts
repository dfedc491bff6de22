import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SAMPLE_WORKFLOW_ID } from './workflow.js';
import { ApiRoute } from '../access/api-route.decorator.js';
import { IfMatch } from '../common/http/if-match.decorator.js';
import { pathId } from '../common/http/path-id.js';
import { type Definition, definitionSchema } from './domain/definition.js';
import { uncheckedDefinitionSchema } from './unchecked-definition.schema.js';
import { WorkflowChangesService } from './workflow-changes.service.js';
import { WorkflowsService } from './workflows.service.js';

const WORKFLOW_ID = pathId('workflow', SAMPLE_WORKFLOW_ID);
const etag = (body: unknown): object => body as Definition;

@ApiTags('Workflows')
@Controller('workflows/:workflowId/definition')
export class WorkflowDefinitionController {
  constructor(
    private readonly workflows: WorkflowsService,
    private readonly changes: WorkflowChangesService,
  ) {}

  @Get()
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

  @Put()
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
    @Body({ schema: uncheckedDefinitionSchema }) body: unknown,
    @IfMatch() ifMatch: string | undefined,
  ): Promise<Definition> {
    return this.changes.putDefinition(id, body, ifMatch);
  }
}

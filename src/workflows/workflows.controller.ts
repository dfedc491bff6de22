import { Body, Controller, Delete, Get, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { SAMPLE_WORKFLOW_ID } from './workflow.js';
import { ApiRoute } from '../access/api-route.decorator.js';
import { IfMatch } from '../common/http/if-match.decorator.js';
import { pathId } from '../common/http/path-id.js';
import { WorkflowChangesService } from './workflow-changes.service.js';
import { WorkflowRemovalService } from './workflow-removal.service.js';
import { toWorkflowView } from './workflow-view.js';
import { settableFields } from './workflow.js';
import {
  type CreateWorkflow,
  createWorkflowSchema,
  type ListWorkflowsQuery,
  listWorkflowsQuerySchema,
  type PatchWorkflow,
  patchWorkflowSchema,
  type WorkflowPage,
  workflowPageSchema,
  workflowSchema,
  type WorkflowView,
} from './workflows.schemas.js';
import { WorkflowsService } from './workflows.service.js';

const WORKFLOW_ID = pathId('workflow', SAMPLE_WORKFLOW_ID);
const etag = (body: unknown): object => settableFields(body as WorkflowView);

@ApiTags('Workflows')
@Controller('workflows')
export class WorkflowsController {
  constructor(
    private readonly workflows: WorkflowsService,
    private readonly changes: WorkflowChangesService,
    private readonly removal: WorkflowRemovalService,
  ) {}

  @Post()
  @ApiRoute({
    operationId: 'createWorkflow',
    summary: 'Create a workflow',
    description: 'With its definition, which has to be valid, or without: PUT one later.',
    scope: 'workflows:write',
    ok: {
      status: 201,
      schema: workflowSchema,
      description: 'The workflow.',
      headers: { Location: 'Address of the workflow.' },
      etag,
    },
    errors: [422],
  })
  async create(
    @Body({ schema: createWorkflowSchema }) body: CreateWorkflow,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WorkflowView> {
    const workflow = await this.changes.create(body);
    reply.header('Location', `/api/v1/workflows/${workflow.id}`);
    return toWorkflowView(workflow);
  }

  @Get()
  @ApiRoute({
    operationId: 'listWorkflows',
    summary: 'List workflows',
    description: 'Oldest first; all given filters have to hold.',
    scope: 'workflows:read',
    ok: { status: 200, schema: workflowPageSchema, description: 'One page of workflows.' },
  })
  async list(@Query({ schema: listWorkflowsQuerySchema }) query: ListWorkflowsQuery): Promise<WorkflowPage> {
    const { items, nextCursor } = await this.workflows.list(query);
    return { items: items.map(toWorkflowView), nextCursor };
  }

  @Get(':workflowId')
  @ApiRoute({
    operationId: 'getWorkflow',
    summary: 'Show a workflow',
    scope: 'workflows:read',
    ok: { status: 200, schema: workflowSchema, description: 'The workflow.', etag },
    errors: [404],
  })
  async get(@Param('workflowId', { schema: WORKFLOW_ID }) id: string): Promise<WorkflowView> {
    return toWorkflowView(await this.workflows.get(id));
  }

  @Patch(':workflowId')
  @ApiRoute({
    operationId: 'updateWorkflow',
    summary: 'Change a workflow',
    description: 'Only the given fields change. `"status": "archived"` makes it refuse to start.',
    scope: 'workflows:write',
    ok: { status: 200, schema: workflowSchema, description: 'The workflow as it is now.', etag },
    errors: [404, 412],
  })
  async patch(
    @Param('workflowId', { schema: WORKFLOW_ID }) id: string,
    @Body({ schema: patchWorkflowSchema }) body: PatchWorkflow,
    @IfMatch() ifMatch: string | undefined,
  ): Promise<WorkflowView> {
    return toWorkflowView(await this.changes.patch(id, body, ifMatch));
  }

  @Delete(':workflowId')
  @ApiRoute({
    operationId: 'deleteWorkflow',
    summary: 'Delete a workflow',
    description: 'Refused while it has live runs. Runs that have ended are kept; its schedules go with it.',
    scope: 'workflows:write',
    ok: { status: 204, description: 'It is gone.' },
    errors: [404, 409, 412],
  })
  remove(
    @Param('workflowId', { schema: WORKFLOW_ID }) id: string,
    @IfMatch() ifMatch: string | undefined,
  ): Promise<void> {
    return this.removal.remove(id, ifMatch);
  }
}

import { Body, Controller, Delete, Get, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApiRoute } from '../access/api-route.decorator.js';
import { IfMatch } from '../common/http/if-match.decorator.js';
import { pathId } from '../common/http/path-id.js';
import { AgentChangesService } from './agent-changes.service.js';
import { toAgentView, toHierarchyView } from './agent-view.js';
import {
  type AgentPage,
  agentPageSchema,
  agentSchema,
  type AgentView,
  type CreateAgent,
  createAgentSchema,
  type CreateChildAgent,
  createChildAgentSchema,
  hierarchySchema,
  type HierarchyView,
  type ListAgentsQuery,
  listAgentsQuerySchema,
  type PatchAgent,
  patchAgentSchema,
  SAMPLE_AGENT_ID,
} from './agents.schemas.js';
import { AgentsService } from './agents.service.js';
import { type Agent, settableFields } from './domain/agent.js';

const AGENT_ID = pathId('agent', SAMPLE_AGENT_ID);
const etag = (body: unknown): object => settableFields(body as AgentView);
const LOCATION = { Location: 'Address of the agent.' };

@ApiTags('Agents')
@Controller('agents')
export class AgentsController {
  constructor(
    private readonly agents: AgentsService,
    private readonly changes: AgentChangesService,
  ) {}

  @Post()
  @ApiRoute({
    operationId: 'createAgent',
    summary: 'Create an agent',
    description: 'A root of the hierarchy, or a child of `parentAgentId`.',
    scope: 'agents:write',
    ok: { status: 201, schema: agentSchema, description: 'The agent.', headers: LOCATION, etag },
    errors: [409, 422],
  })
  async create(
    @Body({ schema: createAgentSchema }) body: CreateAgent,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AgentView> {
    return this.created(await this.changes.create(body), reply);
  }

  @Get()
  @ApiRoute({
    operationId: 'listAgents',
    summary: 'List agents',
    description: 'Oldest first; all given filters have to hold.',
    scope: 'agents:read',
    ok: { status: 200, schema: agentPageSchema, description: 'One page of agents.' },
  })
  async list(@Query({ schema: listAgentsQuerySchema }) query: ListAgentsQuery): Promise<AgentPage> {
    const { items, nextCursor } = await this.agents.list(query);
    const childIds = await this.agents.childIds(items.map((agent) => agent.id));
    return { items: items.map((agent) => toAgentView(agent, childIds)), nextCursor };
  }

  @Get(':agentId')
  @ApiRoute({
    operationId: 'getAgent',
    summary: 'Show an agent',
    scope: 'agents:read',
    ok: { status: 200, schema: agentSchema, description: 'The agent.', etag },
    errors: [404],
  })
  async get(@Param('agentId', { schema: AGENT_ID }) id: string): Promise<AgentView> {
    return this.shown(await this.agents.get(id));
  }

  @Patch(':agentId')
  @ApiRoute({
    operationId: 'updateAgent',
    summary: 'Change or move an agent',
    description:
      'Only the given fields change. An agent cannot be moved below itself or one of its descendants.',
    scope: 'agents:write',
    ok: { status: 200, schema: agentSchema, description: 'The agent as it is now.', etag },
    errors: [404, 409, 412, 422],
  })
  async patch(
    @Param('agentId', { schema: AGENT_ID }) id: string,
    @Body({ schema: patchAgentSchema }) body: PatchAgent,
    @IfMatch() ifMatch: string | undefined,
  ): Promise<AgentView> {
    return this.shown(await this.changes.patch(id, body, ifMatch));
  }

  @Delete(':agentId')
  @ApiRoute({
    operationId: 'deleteAgent',
    summary: 'Delete an agent',
    description:
      'Refused while the agent has children, owns workflows or has live tasks; the answer says which.',
    scope: 'agents:write',
    ok: { status: 204, description: 'It is gone.' },
    errors: [404, 409, 412],
  })
  remove(
    @Param('agentId', { schema: AGENT_ID }) id: string,
    @IfMatch() ifMatch: string | undefined,
  ): Promise<void> {
    return this.changes.remove(id, ifMatch);
  }

  @Post(':agentId/children')
  @ApiRoute({
    operationId: 'createChildAgent',
    summary: 'Spawn a child agent',
    description:
      'Without `capabilities` the child has those of its parent. A retired agent takes no children.',
    scope: 'agents:write',
    ok: { status: 201, schema: agentSchema, description: 'The child.', headers: LOCATION, etag },
    errors: [404, 409],
  })
  async createChild(
    @Param('agentId', { schema: AGENT_ID }) parentAgentId: string,
    @Body({ schema: createChildAgentSchema }) body: CreateChildAgent,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AgentView> {
    return this.created(await this.changes.createChild(parentAgentId, body), reply);
  }

  @Get(':agentId/hierarchy')
  @ApiRoute({
    operationId: 'getAgentHierarchy',
    summary: 'Show the tree below an agent',
    description: 'The agent and all agents below it with their live tasks, up to 1,000 agents on 100 levels.',
    scope: 'agents:read',
    ok: { status: 200, schema: hierarchySchema, description: 'The tree.' },
    errors: [404],
  })
  async hierarchy(@Param('agentId', { schema: AGENT_ID }) id: string): Promise<HierarchyView> {
    return toHierarchyView(await this.agents.hierarchy(id));
  }

  private async shown(agent: Agent): Promise<AgentView> {
    return toAgentView(agent, await this.agents.childIds([agent.id]));
  }

  private created(agent: Agent, reply: FastifyReply): AgentView {
    reply.header('Location', `/api/v1/agents/${agent.id}`);
    return toAgentView(agent, new Map());
  }
}

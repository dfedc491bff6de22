import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiRoute } from '../access/api-route.decorator.js';
import { IfMatch } from '../common/http/if-match.decorator.js';
import { pathId } from '../common/http/path-id.js';
import {
  agentIntelligenceSchema,
  type AgentIntelligenceView,
  type PutAgentIntelligence,
  putAgentIntelligenceSchema,
} from './agent-intelligence.schemas.js';
import { AgentIntelligenceService, settingsOf } from './agent-intelligence.service.js';
import { toIntelligenceView } from './agent-view.js';
import { SAMPLE_AGENT_ID } from './agents.schemas.js';

const AGENT_ID = pathId('agent', SAMPLE_AGENT_ID);
function etag(body: unknown): object {
  const view = body as AgentIntelligenceView;
  return settingsOf(view, view.budgetUsd);
}

@ApiTags('Agents')
@Controller('agents/:agentId/intelligence')
export class AgentIntelligenceController {
  constructor(private readonly intelligence: AgentIntelligenceService) {}

  @Get()
  @ApiRoute({
    operationId: 'getAgentIntelligence',
    summary: 'Show when a model may help an agent, and with what',
    description:
      'Level, mode, models, budget and counters, and what follows of them now: each with its reason.',
    scope: 'agents:read',
    ok: { status: 200, schema: agentIntelligenceSchema, description: 'The settings.', etag },
    errors: [404],
  })
  async get(@Param('agentId', { schema: AGENT_ID }) id: string): Promise<AgentIntelligenceView> {
    return toIntelligenceView(await this.intelligence.get(id));
  }

  @Put()
  @ApiRoute({
    operationId: 'putAgentIntelligence',
    summary: 'Set when a model may help an agent, and with what',
    description:
      'Holds from the next decision on, in running runs too; children keep what they copied when they were created. ' +
      'Models that do not exist are refused with those that do.',
    scope: 'agents:write',
    ok: { status: 200, schema: agentIntelligenceSchema, description: 'The settings as they are now.', etag },
    errors: [404, 412, 422],
  })
  async put(
    @Param('agentId', { schema: AGENT_ID }) id: string,
    @Body({ schema: putAgentIntelligenceSchema }) body: PutAgentIntelligence,
    @IfMatch() ifMatch: string | undefined,
  ): Promise<AgentIntelligenceView> {
    return toIntelligenceView(await this.intelligence.put(id, body, ifMatch));
  }
}

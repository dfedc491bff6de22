import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiRoute } from '../../access/api-route.decorator.js';
import { pathId } from '../../common/http/path-id.js';
import { toDecisionResult, toDecisionView } from './decision-view.js';
import {
  type CreateDecision,
  createDecisionSchema,
  type DecisionResult,
  decisionResultSchema,
  decisionSchema,
  type DecisionView,
} from './decisions.schemas.js';
import { Decisions } from './decisions.service.js';

@ApiTags('Inference')
@Controller()
export class DecisionsController {
  constructor(private readonly decisions: Decisions) {}

  @Post('inference/decisions')
  @ApiRoute({
    operationId: 'decide',
    summary: 'Choose among options',
    description:
      'By a model from the level `intelligent` on, where the feature dynamic_inference is on and the budgets allow it, ' +
      'else by the weighted criteria over the attributes of the options. The decision is kept on record.',
    scope: 'runs:write',
    ok: {
      status: 200,
      schema: decisionResultSchema.meta({ id: 'DecisionResult', description: 'What was chosen, and why.' }),
      description: 'The decision.',
    },
    errors: [422],
    leavesProcess: true,
  })
  async decide(@Body({ schema: createDecisionSchema }) body: CreateDecision): Promise<DecisionResult> {
    const { agentId, ...order } = body;
    return toDecisionResult(await this.decisions.decide(order as never, { agentId, assisted: null }));
  }

  @Get('decisions/:decisionId')
  @ApiRoute({
    operationId: 'getDecision',
    summary: 'Show a decision',
    scope: 'runs:read',
    ok: { status: 200, schema: decisionSchema, description: 'The decision, with all that was known.' },
    errors: [404],
  })
  async get(@Param('decisionId', { schema: pathId('decision') }) id: string): Promise<DecisionView> {
    return toDecisionView(await this.decisions.get(id));
  }
}

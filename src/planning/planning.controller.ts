import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiRoute } from '../access/api-route.decorator.js';
import { pathId } from '../common/http/path-id.js';
import { planSchema, type PlanView } from '../workflows/plans.schemas.js';
import { toPlanView } from '../workflows/plan-view.js';
import { SAMPLE_WORKFLOW_ID } from '../workflows/workflow.js';
import { type CreatePlan, createPlanSchema } from './planning.schemas.js';
import { PlanningService } from './planning.service.js';

@ApiTags('Plans')
@Controller()
export class PlanningController {
  constructor(private readonly planning: PlanningService) {}

  @Post('workflows/:workflowId/plan')
  @ApiRoute({
    operationId: 'createPlan',
    summary: 'Make a plan of a sentence',
    description:
      'By a model where the feature llm_planning is on, a provider is configured and the budgets allow it, else by ' +
      'rules; `source` and `reason` say which and why, `diagnostics` explain each choice. The plan is a draft: ' +
      'approving it makes it the definition of the workflow.',
    scope: 'workflows:write',
    ok: { status: 201, schema: planSchema, description: 'The plan, a draft.' },
    errors: [404, 409, 422],
    leavesProcess: true,
  })
  async createPlan(
    @Param('workflowId', { schema: pathId('workflow', SAMPLE_WORKFLOW_ID) }) workflowId: string,
    @Body({ schema: createPlanSchema }) body: CreatePlan,
  ): Promise<PlanView> {
    return toPlanView(await this.planning.createWorkflowPlan(workflowId, body));
  }
}

import { Body, Controller, Get, Header, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiRoute } from '../access/api-route.decorator.js';
import { pathId } from '../common/http/path-id.js';
import { PlanDecisions } from './plan-decisions.service.js';
import { PlanInsights } from './plan-insights.service.js';
import { toPlanSummaryView, toPlanView } from './plan-view.js';
import {
  type AddPlan,
  addPlanSchema,
  type DecidePlan,
  decidePlanSchema,
  type ListPlansQuery,
  listPlansQuerySchema,
  type PlanDiffQuery,
  planDiffQuerySchema,
  planDiffSchema,
  type PlanDiffView,
  type PlanPage,
  planPageSchema,
  planSchema,
  type PlanView,
} from './plans.schemas.js';
import { PlansService } from './plans.service.js';
import { SAMPLE_WORKFLOW_ID } from './workflow.js';

const WORKFLOW_ID = pathId('workflow', SAMPLE_WORKFLOW_ID);
const PLAN_ID = pathId('plan');

@ApiTags('Plans')
@Controller()
export class PlansController {
  constructor(
    private readonly plans: PlansService,
    private readonly decisions: PlanDecisions,
    private readonly insights: PlanInsights,
  ) {}

  @Get('workflows/:workflowId/plans')
  @ApiRoute({
    operationId: 'listPlans',
    summary: 'List the plans of a workflow',
    description: 'In the order of their versions, without their definitions.',
    scope: 'workflows:read',
    ok: { status: 200, schema: planPageSchema, description: 'One page of plans.' },
    errors: [404],
  })
  async list(
    @Param('workflowId', { schema: WORKFLOW_ID }) workflowId: string,
    @Query({ schema: listPlansQuerySchema }) query: ListPlansQuery,
  ): Promise<PlanPage> {
    const { items, nextCursor } = await this.plans.list(workflowId, query);
    return { items: items.map(toPlanSummaryView), nextCursor };
  }

  @Post('workflows/:workflowId/plans')
  @ApiRoute({
    operationId: 'addPlan',
    summary: 'Add a definition as a new version',
    description: 'A draft, as an edited plan is; approving it makes it the definition of the workflow.',
    scope: 'workflows:write',
    ok: { status: 201, schema: planSchema, description: 'The plan, a draft.' },
    errors: [404, 422],
  })
  async add(
    @Param('workflowId', { schema: WORKFLOW_ID }) workflowId: string,
    @Body({ schema: addPlanSchema }) body: AddPlan,
  ): Promise<PlanView> {
    return toPlanView(await this.plans.add(workflowId, body));
  }

  @Get('plans/:planId')
  @ApiRoute({
    operationId: 'getPlan',
    summary: 'Show a plan',
    scope: 'workflows:read',
    ok: { status: 200, schema: planSchema, description: 'The plan.' },
    errors: [404],
  })
  async get(@Param('planId', { schema: PLAN_ID }) planId: string): Promise<PlanView> {
    return toPlanView(await this.plans.get(planId));
  }

  @Post('plans/:planId/approve')
  @ApiRoute({
    operationId: 'approvePlan',
    summary: 'Approve a plan',
    description:
      'Makes its definition that of the workflow and supersedes the plan approved before; other drafts stay. Runs that ' +
      'have started keep theirs. The approved plan again is answered unchanged.',
    scope: 'workflows:write',
    ok: { status: 200, schema: planSchema, description: 'The plan, approved.' },
    errors: [404, 409, 422],
  })
  async approve(
    @Param('planId', { schema: PLAN_ID }) planId: string,
    @Body({ schema: decidePlanSchema }) { contentHash }: DecidePlan,
  ): Promise<PlanView> {
    return toPlanView(await this.decisions.approve(planId, contentHash));
  }

  @Post('plans/:planId/reject')
  @ApiRoute({
    operationId: 'rejectPlan',
    summary: 'Reject a plan',
    scope: 'workflows:write',
    ok: { status: 200, schema: planSchema, description: 'The plan, rejected.' },
    errors: [404, 409],
  })
  async reject(
    @Param('planId', { schema: PLAN_ID }) planId: string,
    @Body({ schema: decidePlanSchema }) { contentHash }: DecidePlan,
  ): Promise<PlanView> {
    return toPlanView(await this.decisions.reject(planId, contentHash));
  }

  @Get('plans/:planId/diff')
  @ApiRoute({
    operationId: 'diffPlan',
    summary: 'Show what a plan changes',
    scope: 'workflows:read',
    ok: { status: 200, schema: planDiffSchema, description: 'The differences.' },
    errors: [404, 422],
  })
  async diff(
    @Param('planId', { schema: PLAN_ID }) planId: string,
    @Query({ schema: planDiffQuerySchema }) query: PlanDiffQuery,
  ): Promise<PlanDiffView> {
    const { against, diff } = await this.insights.diff(planId, query.against);
    return { planId, against, ...(diff as unknown as Omit<PlanDiffView, 'planId' | 'against'>) };
  }

  @Get('plans/:planId/mermaid')
  @ApiRoute({
    operationId: 'drawPlan',
    summary: 'Draw a plan',
    description: 'A flowchart as text for Mermaid (https://mermaid.live); the first 500 tasks.',
    scope: 'workflows:read',
    ok: { status: 200, mediaType: 'text/plain', description: 'The flowchart.' },
    errors: [404],
  })
  @Header('Content-Type', 'text/plain; charset=utf-8')
  mermaid(@Param('planId', { schema: PLAN_ID }) planId: string): Promise<string> {
    return this.insights.mermaid(planId);
  }
}

import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiRoute } from '../access/api-route.decorator.js';
import { pathId } from '../common/http/path-id.js';
import { planSchema, type PlanView } from '../workflows/plans.schemas.js';
import { toPlanView } from '../workflows/plan-view.js';
import { SAMPLE_WORKFLOW_ID } from '../workflows/workflow.js';
import {
  type CreatePlan,
  createPlanSchema,
  type Decompose,
  type DecomposeLive,
  decomposeLiveSchema,
  decomposeSchema,
  type DecompositionView,
  decompositionViewSchema,
  type OptimizedOrderView,
  optimizedOrderSchema,
  type OptimizeOrder,
  optimizeOrderSchema,
} from './planning.schemas.js';
import { toDecompositionView, toOrderView } from './planning-view.js';
import { PlanningService } from './planning.service.js';

@Controller()
export class PlanningController {
  constructor(private readonly planning: PlanningService) {}

  @Post('workflows/:workflowId/plan')
  @ApiTags('Plans')
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

  @Post('planning/decompose')
  @ApiTags('Planning')
  @ApiRoute({
    operationId: 'decomposeTask',
    summary: 'Split a task into parts',
    description: 'By a model where that is allowed, else as its type says. Nothing is stored or started.',
    scope: 'workflows:write',
    ok: { status: 200, schema: decompositionViewSchema, description: 'The parts.' },
    leavesProcess: true,
  })
  async decompose(@Body({ schema: decomposeSchema }) body: Decompose): Promise<DecompositionView> {
    return toDecompositionView(await this.planning.decomposeTask(body));
  }

  @Post('planning/optimize')
  @ApiTags('Planning')
  @ApiRoute({
    operationId: 'optimizeOrder',
    summary: 'Put a graph of tasks into a better order',
    description:
      'Dependencies that others imply go; those a model takes for unnecessary go where no data, effect or wait is lost; ' +
      'tasks on the longest way to the end come first. Nothing is stored.',
    scope: 'workflows:write',
    ok: { status: 200, schema: optimizedOrderSchema, description: 'The better order.' },
    errors: [422],
    leavesProcess: true,
  })
  async optimize(@Body({ schema: optimizeOrderSchema }) body: OptimizeOrder): Promise<OptimizedOrderView> {
    return toOrderView(await this.planning.optimizeTaskOrder(body));
  }

  @Post('tasks/:taskId/decompose')
  @ApiTags('Tasks')
  @ApiRoute({
    operationId: 'decomposeLiveTask',
    summary: 'Split a task that is under way',
    description: 'Its parts start at once below it; it ends only when they have.',
    scope: 'tasks:write',
    ok: { status: 200, schema: decompositionViewSchema, description: 'The parts, and where they are.' },
    errors: [404, 409, 422],
    leavesProcess: true,
  })
  async decomposeLive(
    @Param('taskId', { schema: pathId('task') }) taskId: string,
    @Body({ schema: decomposeLiveSchema }) body: DecomposeLive,
  ): Promise<DecompositionView> {
    const { answer, spawned } = await this.planning.decomposeLive(taskId, body);
    return toDecompositionView(answer, spawned);
  }
}

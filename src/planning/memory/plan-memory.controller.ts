import { Controller, Delete, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiRoute } from '../../access/api-route.decorator.js';
import { pathId } from '../../common/http/path-id.js';
import { PlanMemories } from './plan-memories.service.js';
import { planMemorySchema, type PlanMemoryView } from './plan-memory.schemas.js';

@ApiTags('Planning')
@Controller('planning/memory')
export class PlanMemoryController {
  constructor(private readonly memories: PlanMemories) {}

  @Get()
  @ApiRoute({
    operationId: 'getPlanMemory',
    summary: 'Show what approved plans have taught',
    description:
      'Plans that were asked for in words, approved and ran to their end teach the planner; rejected and failed ones ' +
      'count against it. It is learned anew within half a minute of a change.',
    scope: 'workflows:read',
    ok: { status: 200, schema: planMemorySchema, description: 'The memory.' },
  })
  async get(): Promise<PlanMemoryView> {
    const { isOn, facts, use } = await this.memories.facts();
    const decided = use.approved + use.rejected;
    return {
      ...{ enabled: isOn, size: facts.size, accepted: facts.accepted, threshold: facts.threshold },
      calibration: { coverage: facts.coverage, precision: facts.precision },
      use: { ...use, precision: decided === 0 ? null : use.approved / decided },
    };
  }

  @Delete(':planId')
  @ApiRoute({
    operationId: 'forgetPlan',
    summary: 'Forget what a plan has taught',
    description: 'For good. The plan itself stays.',
    scope: 'workflows:write',
    ok: { status: 204, description: 'Forgotten.' },
    errors: [404],
  })
  async forget(@Param('planId', { schema: pathId('plan') }) planId: string): Promise<void> {
    await this.memories.forget(planId);
  }
}

import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiRoute } from '../../access/api-route.decorator.js';
import { pathId } from '../../common/http/path-id.js';
import { formatUsd } from '../../common/money.js';
import { toPlanView } from '../../workflows/plan-view.js';
import {
  type Adapt,
  adaptSchema,
  type GivenConditions,
  runAdaptationSchema,
  type RunAdaptationView,
} from './adaptations.schemas.js';
import { Adaptations } from './adaptations.service.js';

@ApiTags('Runs')
@Controller('runs')
export class AdaptationsController {
  constructor(private readonly adaptations: Adaptations) {}

  @Post(':runId/adapt')
  @ApiRoute({
    operationId: 'adaptRun',
    summary: 'Change the rest of a run',
    description:
      'What has not begun is changed to cope with new conditions: by a model where the gate allows it, else by rules. The change ' +
      'is a plan of the run: at the level `autonomous` it is applied, else a person approves it.',
    scope: 'runs:write',
    ok: { status: 200, schema: runAdaptationSchema, description: 'The change, and what becomes of it.' },
    errors: [404, 409, 422],
    leavesProcess: true,
  })
  async adapt(
    @Param('runId', { schema: pathId('run') }) runId: string,
    @Body({ schema: adaptSchema }) { conditions, apply }: Adapt,
  ): Promise<RunAdaptationView> {
    const { outcome, answer, plan, diff } = await this.adaptations.adaptAsAsked(
      runId,
      conditions as GivenConditions,
      apply,
    );
    const { value, source, detail, checks, sentBack, costNanoUsd } = answer;
    return {
      ...{
        runId,
        outcome,
        source,
        reason: source === 'twin' ? `${value.reason} ${detail}`.trim() : value.reason,
      },
      changes: value.changes.map(({ action, taskId, why }) => ({ action, taskId, why })),
      plan: plan === null ? null : toPlanView(plan),
      diff: diff as RunAdaptationView['diff'],
      checks: checks.map((each) => ({ ...each })),
      refused: sentBack.map(({ code, pointer, message }) => ({ code, pointer, message })),
      costUsd: formatUsd(costNanoUsd),
    };
  }
}

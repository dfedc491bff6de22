import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiRoute } from '../access/api-route.decorator.js';
import { formatUsd } from '../common/money.js';
import { toFailure } from './domain/described-error.js';
import {
  type Evaluate,
  evaluateSchema,
  evaluationSchema,
  type EvaluationView,
} from './gate/evaluations.schemas.js';
import { Evaluations } from './gate/evaluations.service.js';
import { DescribedRecoveries } from './recoveries/described-recoveries.service.js';
import {
  type DescribeRecovery,
  describeRecoverySchema,
  recoveryStrategySchema,
  type RecoveryStrategyView,
} from './recoveries/recoveries.schemas.js';

@ApiTags('Inference')
@Controller('inference')
export class InferenceController {
  constructor(
    private readonly evaluations: Evaluations,
    private readonly recoveries: DescribedRecoveries,
  ) {}

  @Post('evaluate')
  @ApiRoute({
    operationId: 'evaluateGate',
    summary: 'Explain whether a model would be asked',
    description:
      'Every check of the gate in its order: switch, roll-out, assistance, level, rules, loop guard, provider, budget. ' +
      'Nobody is asked and nothing is paid.',
    scope: 'runs:read',
    ok: { status: 200, schema: evaluationSchema, description: 'What the gate says.' },
    errors: [404, 422],
  })
  async evaluate(@Body({ schema: evaluateSchema }) body: Evaluate): Promise<EvaluationView> {
    const { use, reason, checks } = await this.evaluations.evaluate(body);
    return { use, reason, checks: checks.map((each) => ({ ...each })) };
  }

  @Post('recoveries')
  @ApiRoute({
    operationId: 'getRecoveryStrategy',
    summary: 'Ask what would be done about a failure',
    description:
      'By a rule, by a model where the gate allows it, else by rules. Nothing is done, and nothing learned.',
    scope: 'runs:write',
    ok: { status: 200, schema: recoveryStrategySchema, description: 'The strategy.' },
    errors: [422],
    leavesProcess: true,
  })
  async recover(
    @Body({ schema: describeRecoverySchema }) body: DescribeRecovery,
  ): Promise<RecoveryStrategyView> {
    const { answer, alternatives } = await this.recoveries.recover(body);
    const { value, source, detail, costNanoUsd } = answer;
    const { action, delaySeconds, parameters, reason } = value;
    return {
      ...{ action, delaySeconds, parameters: { ...parameters }, source, alternatives: [...alternatives] },
      errorClass: toFailure(body.error).class,
      reason: source === 'twin' ? `${reason} ${detail}`.trim() : reason,
      costUsd: formatUsd(costNanoUsd),
    };
  }
}

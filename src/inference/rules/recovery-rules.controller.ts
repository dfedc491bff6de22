import { Body, Controller, Delete, Get, Param, Patch, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiRoute } from '../../access/api-route.decorator.js';
import { pathId } from '../../common/http/path-id.js';
import type { RecoveryRule } from '../domain/recovery-rule.js';
import {
  type ListRulesQuery,
  listRulesQuerySchema,
  type PatchRule,
  patchRuleSchema,
  type RecoveryRulePage,
  recoveryRulePageSchema,
  recoveryRuleSchema,
  type RecoveryRuleView,
} from './recovery-rules.schemas.js';
import { RecoveryRuleEdits } from './recovery-rule-edits.service.js';
import { RecoveryRules } from './recovery-rules.service.js';

const RULE_ID = pathId('recovery rule');

@ApiTags('Inference')
@Controller('inference/rules')
export class RecoveryRulesController {
  constructor(
    private readonly rules: RecoveryRules,
    private readonly edits: RecoveryRuleEdits,
  ) {}

  @Get()
  @ApiRoute({
    operationId: 'listRecoveryRules',
    summary: 'List what was learned about failures',
    description:
      'A recovery that a model proposed and that helped three times in a row is applied without a model from then on; ' +
      'one failure demotes it. Oldest first.',
    scope: 'runs:read',
    ok: { status: 200, schema: recoveryRulePageSchema, description: 'One page of rules.' },
  })
  async list(@Query({ schema: listRulesQuerySchema }) query: ListRulesQuery): Promise<RecoveryRulePage> {
    const { items, nextCursor } = await this.rules.list(query);
    return { items: items.map(toRuleView), nextCursor };
  }

  @Patch(':ruleId')
  @ApiRoute({
    operationId: 'updateRecoveryRule',
    summary: 'Pin, edit or retire a rule',
    scope: 'runs:write',
    ok: { status: 200, schema: recoveryRuleSchema, description: 'The rule as it is now.' },
    errors: [404, 409, 422],
  })
  async patch(
    @Param('ruleId', { schema: RULE_ID }) id: string,
    @Body({ schema: patchRuleSchema }) body: PatchRule,
  ): Promise<RecoveryRuleView> {
    return toRuleView(await this.edits.patch(id, body));
  }

  @Delete(':ruleId')
  @ApiRoute({
    operationId: 'deleteRecoveryRule',
    summary: 'Forget a rule',
    description: 'It may be learned again; retire it to keep that from happening.',
    scope: 'runs:write',
    ok: { status: 204, description: 'Forgotten.' },
    errors: [404],
  })
  remove(@Param('ruleId', { schema: RULE_ID }) id: string): Promise<void> {
    return this.edits.remove(id);
  }
}

function toRuleView(rule: RecoveryRule): RecoveryRuleView {
  const { id, taskType, errorClass, fingerprint, recovery, status, pinned, successes, failures } = rule;
  const { action, delaySeconds, parameters } = recovery;
  return {
    ...{ id, taskType, errorClass, fingerprint, status, pinned, successes, failures },
    recovery: { action: action as RecoveryRuleView['recovery']['action'], delaySeconds, parameters },
    recent: [...rule.recent],
    createdAt: rule.createdAt.toISOString(),
    updatedAt: rule.updatedAt.toISOString(),
  };
}

import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { type Issue, prefixIssues } from '../../common/issue.js';
import type { JsonObject } from '../../common/json.js';
import { ConflictError, InvalidInputError, NotFoundError } from '../../common/tandem-error.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { TaskTypeRegistry } from '../../tasks/task-type.registry.js';
import { checkAdjustments } from '../domain/check-adjustment.js';
import { recoveryKey } from '../domain/recovery.js';
import type { RecoveryRule } from '../domain/recovery-rule.js';
import type { PatchRule } from './recovery-rules.schemas.js';
import { RecoveryRulesStore } from './recovery-rules.store.port.js';

/** What people do to rules: pin, edit, retire, forget. */
@Injectable()
export class RecoveryRuleEdits {
  constructor(
    private readonly store: RecoveryRulesStore,
    private readonly types: TaskTypeRegistry,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Fails as `recovery_rule_not_found`, `invalid_recovery`, and `recovery_rule_exists` where another one of its kind says the same. */
  patch(id: string, { pinned, status, recovery: edited }: PatchRule): Promise<RecoveryRule> {
    return this.work.transactional(async () => {
      const rule = await this.locked(id);
      const recovery = editedRecovery(rule, edited);
      if (edited !== undefined) this.check(rule, recovery);
      const isEdited = recoveryKey(recovery) !== recoveryKey(rule.recovery);
      if (isEdited) await this.refuseTwin(rule, recovery);
      const changed: RecoveryRule = {
        ...rule,
        // What was counted was counted for another recovery.
        ...(isEdited ? { recovery, recent: [], successes: 0, failures: 0 } : {}),
        pinned: pinned ?? rule.pinned,
        status: status ?? (pinned === true ? 'active' : rule.status),
        updatedAt: this.clock.now(),
      };
      await this.store.save(changed);
      return changed;
    });
  }

  /** It may be learned again. Fails as `recovery_rule_not_found`. */
  remove(id: string): Promise<void> {
    return this.work.transactional(async () => {
      await this.locked(id);
      await this.store.delete(id);
    });
  }

  private async locked(id: string): Promise<RecoveryRule> {
    const known = await this.store.find(id);
    if (known === null) throw new NotFoundError('recovery rule', id);
    await this.store.lockKind(known.signature);
    const rule = await this.store.find(id);
    if (rule === null) throw new NotFoundError('recovery rule', id);
    return rule;
  }

  /** What a rule says has to be possible: one that cannot be applied would be passed over without a word. */
  private check({ taskType }: RecoveryRule, { action, parameters }: RecoveryRule['recovery']): void {
    const issues = prefixIssues(this.issuesOf(taskType, action, parameters), '/recovery/parameters');
    const [first] = issues;
    if (first !== undefined)
      throw new InvalidInputError(
        'invalid_recovery',
        `The rule could not be applied: ${first.message}`,
        issues,
      );
  }

  private issuesOf(taskType: string, action: string, parameters: JsonObject): readonly Issue[] {
    if (action !== 'adjust_parameters')
      return Object.keys(parameters).length === 0
        ? []
        : [{ code: 'no_parameters', pointer: '', message: `${action} takes no parameters.` }];
    const type = this.types.find(taskType);
    if (type !== undefined) return checkAdjustments(taskType, parameters, type);
    const message = `There is no task type ${JSON.stringify(taskType)} any more.`;
    return [{ code: 'unknown_task_type', pointer: '', message }];
  }

  private async refuseTwin(rule: RecoveryRule, recovery: RecoveryRule['recovery']): Promise<void> {
    const key = recoveryKey(recovery);
    const twin = (await this.store.ofKind(rule.signature)).find(
      (each) => each.id !== rule.id && recoveryKey(each.recovery) === key,
    );
    if (twin === undefined) return;
    const message = `The rule ${twin.id} says the same of this kind of failure. Change that one, or delete it first.`;
    throw new ConflictError('recovery_rule_exists', message, { ruleId: twin.id });
  }
}

/** Parameters belong to an action: another action begins without any. */
function editedRecovery({ recovery }: RecoveryRule, edited: PatchRule['recovery']): RecoveryRule['recovery'] {
  const isOther = edited?.action !== undefined && edited.action !== recovery.action;
  return { ...recovery, ...(isOther && { parameters: {} }), ...edited } as RecoveryRule['recovery'];
}

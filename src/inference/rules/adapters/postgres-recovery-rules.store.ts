import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { ERROR_CLASSES } from '../../../tasks/domain/task-error.js';
import { recoveryKey } from '../../domain/recovery.js';
import { type RecoveryRule, RULE_STATUSES } from '../../domain/recovery-rule.js';
import { recoveryShapeSchema } from '../../functions/get-recovery-strategy/recovery.schemas.js';
import { RecoveryRulesStore, type RuleFilter } from '../recovery-rules.store.port.js';
import {
  deleteRule,
  findRule,
  listRules,
  lockKind,
  type RuleRow,
  rulesOfKind,
  saveRule,
} from './recovery-rules.sql.js';

const status = z.enum(RULE_STATUSES);
const errorClass = z.enum(ERROR_CLASSES);
const recent = z.array(z.enum(['worked', 'failed']));

const toRule = (row: RuleRow): RecoveryRule => ({
  ...{ id: row.id, taskType: row.task_type, fingerprint: row.fingerprint, signature: row.signature },
  errorClass: errorClass.parse(row.error_class),
  recovery: recoveryShapeSchema.parse(row.recovery),
  status: status.parse(row.status),
  ...{ pinned: row.pinned, successes: row.successes, failures: row.failures },
  recent: recent.parse(row.recent),
  createdAt: new Date(row.created_at),
  updatedAt: new Date(row.updated_at),
});

@Injectable()
export class PostgresRecoveryRulesStore extends RecoveryRulesStore {
  constructor(private readonly work: UnitOfWork) {
    super();
  }

  override async lockKind(signature: string): Promise<void> {
    await this.work.query(lockKind(signature));
  }

  override async ofKind(signature: string): Promise<readonly RecoveryRule[]> {
    return (await this.work.query<RuleRow>(rulesOfKind(signature))).map(toRule);
  }

  override async find(id: string): Promise<RecoveryRule | null> {
    const [row] = await this.work.query<RuleRow>(findRule(id));
    return row === undefined ? null : toRule(row);
  }

  override async list(
    filter: RuleFilter,
    after: string | null,
    limit: number,
  ): Promise<readonly RecoveryRule[]> {
    return (await this.work.query<RuleRow>(listRules(filter, after, limit))).map(toRule);
  }

  override async save(rule: RecoveryRule): Promise<void> {
    await this.work.query(
      saveRule({
        ...{ id: rule.id, task_type: rule.taskType, error_class: rule.errorClass },
        ...{ fingerprint: rule.fingerprint, signature: rule.signature, recovery: rule.recovery },
        recovery_key: recoveryKey(rule.recovery),
        ...{ status: rule.status, pinned: rule.pinned, successes: rule.successes, failures: rule.failures },
        ...{ recent: [...rule.recent], created_at: rule.createdAt, updated_at: rule.updatedAt },
      }),
    );
  }

  override async delete(id: string): Promise<void> {
    await this.work.query(deleteRule(id));
  }
}

import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { type Page, toPage } from '../../common/cursor.js';
import { decodeIdCursor } from '../../common/id-cursor.js';
import { newId } from '../../common/ids.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { RecoveryRecords, type SettledRecovery } from '../../execution/recoveries/recovery-records.port.js';
import type { FeatureSubject } from '../../features/domain/feature-switch.js';
import { Features } from '../../features/features.service.js';
import type { FailureKind } from '../domain/fingerprint.js';
import { recoveryKey } from '../domain/recovery.js';
import { learn, type RecoveryRule, toLearnable } from '../domain/recovery-rule.js';
import { toRecovery } from '../domain/to-proposal.js';
import type { ListRulesQuery } from './recovery-rules.schemas.js';
import { RecoveryRulesStore } from './recovery-rules.store.port.js';

/** In its cursors. */
const LIST = 'recovery-rules';
/** Whose proposals teach something. */
const TEACHERS: ReadonlySet<string> = new Set(['model', 'cache', 'rule']);

/** Recoveries that proved themselves: learned and listed. */
@Injectable()
export class RecoveryRules {
  constructor(
    private readonly store: RecoveryRulesStore,
    private readonly records: RecoveryRecords,
    private readonly work: UnitOfWork,
    private readonly features: Features,
    private readonly clock: Clock,
  ) {}

  /**
   * What is known of a kind of failure, with what became of earlier recoveries from it counted in. Where learning is off
   * for the subject, nothing is counted, and only what a person pinned is known.
   */
  async known(kind: FailureKind, subject: FeatureSubject): Promise<readonly RecoveryRule[]> {
    const { enabled } = await this.features.evaluate('recovery_learning', subject);
    if (!enabled) return (await this.store.ofKind(kind.signature)).filter(({ pinned }) => pinned);
    return this.work.transactional(async () => {
      await this.store.lockKind(kind.signature);
      const settled = await this.records.settle(kind.signature);
      const rules = await this.store.ofKind(kind.signature);
      return settled.length === 0 ? rules : this.learnFrom(settled, kind, rules);
    });
  }

  async list({ limit, cursor, ...filter }: ListRulesQuery): Promise<Page<RecoveryRule>> {
    const rules = await this.store.list(filter, decodeIdCursor(cursor, LIST), limit + 1);
    return toPage(rules, limit, ({ id }) => id, LIST);
  }

  private async learnFrom(
    settled: readonly SettledRecovery[],
    kind: FailureKind,
    rules: readonly RecoveryRule[],
  ): Promise<readonly RecoveryRule[]> {
    const byKey = new Map(rules.map((rule) => [recoveryKey(rule.recovery), rule]));
    const changed = new Set<string>();
    for (const { proposal, outcome } of settled) {
      const recovery = toRecovery(proposal);
      const learnable = recovery === null ? null : toLearnable(recovery);
      if (learnable === null || !TEACHERS.has(proposal.source) || outcome === 'none') continue;
      const key = recoveryKey(learnable);
      byKey.set(key, learn(byKey.get(key) ?? this.newRule(kind, learnable), outcome));
      changed.add(key);
    }
    for (const key of changed) {
      const rule = { ...(byKey.get(key) as RecoveryRule), updatedAt: this.clock.now() };
      byKey.set(key, rule);
      await this.store.save(rule);
    }
    return [...byKey.values()];
  }

  private newRule(
    { taskType, errorClass, fingerprint, signature }: FailureKind,
    recovery: RecoveryRule['recovery'],
  ): RecoveryRule {
    const now = this.clock.now();
    return {
      ...{ id: newId(), taskType, errorClass, fingerprint, signature, recovery, status: 'candidate' },
      ...{ pinned: false, successes: 0, failures: 0, recent: [], createdAt: now, updatedAt: now },
    };
  }
}

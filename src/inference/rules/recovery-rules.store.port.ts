import type { RecoveryRule, RuleStatus } from '../domain/recovery-rule.js';

/** Which rules a list shows; an absent filter lets all pass. */
export interface RuleFilter {
  readonly status?: RuleStatus | undefined;
  readonly taskType?: string | undefined;
}

/** Where recovery rules are kept. */
export abstract class RecoveryRulesStore {
  /** Lets one transaction at a time learn about a kind of failure, until the ambient one ends. */
  abstract lockKind(signature: string): Promise<void>;
  abstract ofKind(signature: string): Promise<readonly RecoveryRule[]>;
  abstract find(id: string): Promise<RecoveryRule | null>;
  /** In order of id. */
  abstract list(filter: RuleFilter, after: string | null, limit: number): Promise<readonly RecoveryRule[]>;
  /** Stores a rule as it is now, new or not. */
  abstract save(rule: RecoveryRule): Promise<void>;
  abstract delete(id: string): Promise<void>;
}

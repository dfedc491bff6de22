import type { GateCheck } from '../../llm/domain/gate.js';
import type { Criterion, Decision, DecisionOption } from '../domain/decision.js';

/** A decision as it is on record. */
export interface DecisionRecord extends Decision {
  readonly id: string;
  readonly agentId: string | null;
  readonly workflowId: string | null;
  readonly runId: string | null;
  /** UUID of the task that asked. */
  readonly taskId: string | null;
  readonly options: readonly DecisionOption[];
  readonly criteria: readonly Criterion[];
  readonly source: 'model' | 'cache' | 'twin';
  readonly twinChoice: string;
  readonly checks: readonly GateCheck[];
  readonly interactionId: string | null;
  readonly costNanoUsd: bigint;
  readonly createdAt: Date;
}

/** Where decisions are kept. */
export abstract class DecisionsStore {
  /** `key`: the same question is decided once; answers what is on record then. null: it is decided anew. */
  abstract insert(record: DecisionRecord, key: string | null): Promise<DecisionRecord>;
  abstract find(id: string): Promise<DecisionRecord | null>;
  abstract findByKey(key: string): Promise<DecisionRecord | null>;
}

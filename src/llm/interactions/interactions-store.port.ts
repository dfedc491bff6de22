import type { JsonValue } from '../../common/json.js';
import type { ModelCall } from '../budget/ledger.port.js';
import type { CallOutcome } from '../domain/call-outcome.js';
import type { TokenUsage } from '../domain/token-usage.js';

/** One model call as recorded. */
export interface InteractionRecord extends ModelCall {
  /** null: still under way. */
  readonly outcome: CallOutcome | null;
  readonly usage: TokenUsage;
  /** Nano-dollars; while it is under way 0. */
  readonly cost: bigint;
  readonly latencyMs: number | null;
  readonly requestId: string | null;
  readonly createdAt: Date;
  readonly settledAt: Date | null;
}

export interface InteractionContent {
  readonly prompt: JsonValue;
  readonly response: string | null;
}

/** Fields that have to be equal; an absent one lets all pass. */
export interface InteractionFilter {
  readonly agentId?: string | undefined;
  readonly workflowId?: string | undefined;
  readonly runId?: string | undefined;
  readonly taskId?: string | undefined;
  readonly interactionType?: string | undefined;
  readonly provider?: string | undefined;
  readonly model?: string | undefined;
  readonly outcome?: string | undefined;
}

/** What calls of one run for one thing cost. */
export interface CostGroup {
  readonly taskId: string | null;
  readonly interactionType: string;
  readonly provider: string;
  readonly model: string;
  readonly calls: number;
  readonly cost: bigint;
}

/** The record of model calls. */
export abstract class InteractionsStore {
  /** Latest first. */
  abstract list(
    filter: InteractionFilter,
    before: string | null,
    limit: number,
  ): Promise<readonly InteractionRecord[]>;
  abstract find(id: string): Promise<(InteractionRecord & InteractionContent) | null>;
  abstract costOfRuns(runIds: readonly string[]): Promise<ReadonlyMap<string, bigint>>;
  abstract costOfTasks(taskIds: readonly string[]): Promise<ReadonlyMap<string, bigint>>;
  /** By task, function and model; dearest first. */
  abstract costGroups(runId: string): Promise<readonly CostGroup[]>;
  /** Deletes at most `limit` settled calls created before; null: another process is at it. */
  abstract deleteSome(before: Date, limit: number): Promise<number | null>;
}

import { Injectable } from '@nestjs/common';
import type { JsonValue } from '../../../common/json.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import type { CallOutcome } from '../../domain/call-outcome.js';
import type { TokenUsage } from '../../domain/token-usage.js';
import {
  type CostGroup,
  type InteractionContent,
  type InteractionFilter,
  type InteractionRecord,
  InteractionsStore,
} from '../interactions-store.port.js';
import * as sql from './interactions.sql.js';

interface InteractionRow {
  readonly id: string;
  readonly call_id: string;
  readonly attempt: number;
  readonly agent_id: string | null;
  readonly workflow_id: string | null;
  readonly run_id: string | null;
  readonly task_id: string | null;
  readonly interaction_type: string;
  readonly provider: string;
  readonly model: string;
  readonly prompt_version: string;
  readonly price_version: string;
  readonly outcome: CallOutcome | null;
  readonly cost_nano: string;
  readonly bound_nano: string;
  readonly input_tokens: string | null;
  readonly cached_input_tokens: string | null;
  readonly cache_write_tokens: string | null;
  readonly output_tokens: string | null;
  readonly reasoning_tokens: string | null;
  readonly latency_ms: number | null;
  readonly request_id: string | null;
  readonly created_at: string;
  readonly settled_at: string | null;
}
type ContentRow = InteractionRow & { readonly prompt: JsonValue; readonly response: string | null };
interface GroupRow {
  readonly task_id: string | null;
  readonly interaction_type: string;
  readonly provider: string;
  readonly model: string;
  readonly calls: number;
  readonly cost: string;
}

/** Only what the provider said. */
function toUsage(row: InteractionRow): TokenUsage {
  const counts = {
    inputTokens: row.input_tokens,
    cachedInputTokens: row.cached_input_tokens,
    cacheWriteTokens: row.cache_write_tokens,
    outputTokens: row.output_tokens,
    reasoningTokens: row.reasoning_tokens,
  };
  const known = Object.entries(counts).filter(([, count]) => count !== null);
  return Object.fromEntries(known.map(([name, count]) => [name, Number(count)]));
}

function toRecord(row: InteractionRow): InteractionRecord {
  return {
    ...{ id: row.id, callId: row.call_id, attempt: row.attempt },
    ...{ agentId: row.agent_id, workflowId: row.workflow_id, runId: row.run_id, taskId: row.task_id },
    ...{ interactionType: row.interaction_type, provider: row.provider, model: row.model },
    ...{ promptVersion: row.prompt_version, priceVersion: row.price_version, outcome: row.outcome },
    ...{ usage: toUsage(row), cost: BigInt(row.cost_nano), bound: BigInt(row.bound_nano) },
    ...{ latencyMs: row.latency_ms, requestId: row.request_id },
    createdAt: new Date(row.created_at),
    settledAt: row.settled_at === null ? null : new Date(row.settled_at),
  };
}

@Injectable()
export class PostgresInteractionsStore extends InteractionsStore {
  constructor(private readonly work: UnitOfWork) {
    super();
  }

  override async list(
    filter: InteractionFilter,
    before: string | null,
    limit: number,
  ): Promise<readonly InteractionRecord[]> {
    const statement = sql.selectInteractions(filter, before, limit);
    return (await this.work.query<InteractionRow>(statement)).map(toRecord);
  }

  override async find(id: string): Promise<(InteractionRecord & InteractionContent) | null> {
    const [row] = await this.work.query<ContentRow>(sql.selectInteraction(id));
    return row === undefined ? null : { ...toRecord(row), prompt: row.prompt, response: row.response };
  }

  override costOfRuns(runIds: readonly string[]): Promise<ReadonlyMap<string, bigint>> {
    return this.sums(runIds, sql.sumByRun);
  }

  override costOfTasks(taskIds: readonly string[]): Promise<ReadonlyMap<string, bigint>> {
    return this.sums(taskIds, sql.sumByTask);
  }

  override async costGroups(runId: string): Promise<readonly CostGroup[]> {
    const rows = await this.work.query<GroupRow>(sql.groupCosts(runId));
    return rows.map(({ task_id: taskId, interaction_type: interactionType, cost, ...group }) => ({
      ...group,
      taskId,
      interactionType,
      cost: BigInt(cost),
    }));
  }

  override deleteSome(before: Date, limit: number): Promise<number | null> {
    return this.work.transactional(async () => {
      const [turn] = await this.work.query<{ taken: boolean }>(sql.TAKE_TURN);
      if (turn?.taken !== true) return null;
      const [deleted] = await this.work.query<{ count: number }>(sql.deleteInteractions(before, limit));
      return deleted?.count ?? 0;
    });
  }

  private async sums(
    ids: readonly string[],
    statement: typeof sql.sumByRun,
  ): Promise<ReadonlyMap<string, bigint>> {
    if (ids.length === 0) return new Map();
    const rows = await this.work.query<{ id: string; cost: string }>(statement(ids));
    return new Map(rows.map(({ id, cost }) => [id, BigInt(cost)]));
  }
}

import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { RunsStore } from '../../runs-store.port.js';
import { type PermitAnswer, type PermitRequest, PermitsStore } from '../permits-store.port.js';
import {
  awaitedAgents,
  grantPermits,
  limitedAgents,
  lockAgents,
  lockForPermit,
  nextForPermits,
  takePermit,
} from './permits.sql.js';

interface WaitingRow {
  readonly task_id: string;
  readonly run_id: string;
  readonly agent_id: string;
}

/** Runs are always locked before agents, both in the order of their ids. */
@Injectable()
export class PostgresPermitsStore extends PermitsStore {
  constructor(
    private readonly work: UnitOfWork,
    private readonly runs: RunsStore,
  ) {
    super();
  }

  override take(request: PermitRequest): Promise<PermitAnswer> {
    return this.work.transactional(async () => {
      const locked = await this.work.query(lockForPermit(request));
      if (locked.length === 0) return { refused: true };
      const [row] = await this.work.query<{ is_granted: boolean; is_new: boolean }>(takePermit(request));
      return row === undefined ? { refused: true } : { isGranted: row.is_granted, isNew: row.is_new };
    });
  }

  override grant(agentIds: readonly string[]): Promise<number> {
    return this.work.transactional(async () => {
      const next = await this.work.query<WaitingRow>(nextForPermits(agentIds));
      if (next.length === 0) return 0;
      const runs = await this.runs.lockRuns([...new Set(next.map(({ run_id }) => run_id))]);
      await this.work.query(lockAgents(agentIds));
      const runIds = runs.map(({ id }) => id);
      const granted = await this.work.query<WaitingRow>(grantPermits(agentIds, runIds));
      const isOwned = new Map(runs.map((run) => [run.id, run.isOwned]));
      if (granted.length > 0)
        await this.runs.addSignals(
          granted.map(({ task_id, run_id, agent_id }) => ({
            ...{ runId: run_id, kind: 'permit', taskId: task_id },
            payload: { by: `agent ${agent_id}`, agentId: agent_id },
            isOwned: isOwned.get(run_id) ?? false,
          })),
        );
      return granted.length;
    });
  }

  override async awaitedAgents(): Promise<readonly string[]> {
    return (await this.work.query<{ id: string }>(awaitedAgents())).map(({ id }) => id);
  }

  override async limitedAgents(): Promise<readonly string[]> {
    return (await this.work.query<{ id: string }>(limitedAgents())).map(({ id }) => id);
  }
}

import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import type { Proposal } from '../../domain/proposal.js';
import {
  type AppliedRecovery,
  type RecoveryRecord,
  RecoveryRecords,
  type SettledRecovery,
} from '../recovery-records.port.js';
import {
  appliedInRun,
  type AppliedRow,
  recoveriesOfRun,
  type RecoveryRow,
  type SettledRow,
  settleRecoveries,
} from './recovery-records.sql.js';

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

@Injectable()
export class PostgresRecoveryRecords extends RecoveryRecords {
  constructor(private readonly work: UnitOfWork) {
    super();
  }

  override async settle(signature: string): Promise<readonly SettledRecovery[]> {
    const rows = await this.work.query<SettledRow>(settleRecoveries(signature));
    return rows.map(({ proposal, outcome }) => ({ proposal: proposal as Proposal, outcome }));
  }

  override async applied(runId: string): Promise<readonly AppliedRecovery[]> {
    const rows = await this.work.query<AppliedRow>(appliedInRun(runId));
    return rows.map(({ task_id, data, at }) => ({
      ...{ taskId: task_id, attempt: Number(data['attempt']), at: new Date(at) },
      ...{ action: String(data['recovery'] ?? data['action']), source: String(data['source']) },
      ...{ by: textOf(data['by']), comment: textOf(data['comment']) },
    }));
  }

  override async ofRun(runId: string): Promise<readonly RecoveryRecord[]> {
    const rows = await this.work.query<RecoveryRow>(recoveriesOfRun(runId));
    return rows.map(({ run_id, id, task_id, attempt, proposal, created_at }) => ({
      ...{ runId: run_id, id, taskId: task_id, attempt, at: new Date(created_at) },
      // Only what `readProposal` had proved to be one was stored.
      proposal: proposal as Proposal,
    }));
  }
}

import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { RetentionStore } from '../retention-store.port.js';
import { deleteRuns, type DeletedRow, TAKE_TURN } from './delete-runs.sql.js';

const MAX_RUNS = 100;
const MAX_EVENTS = 20_000;

@Injectable()
export class PostgresRetentionStore extends RetentionStore {
  constructor(private readonly work: UnitOfWork) {
    super();
  }

  override deleteSome(before: Date): Promise<number | null> {
    return this.work.transactional(async () => {
      const [turn] = await this.work.query<{ taken: boolean }>(TAKE_TURN);
      if (turn?.taken !== true) return null;
      const [deleted] = await this.work.query<DeletedRow>(deleteRuns(before, MAX_RUNS, MAX_EVENTS));
      return deleted?.count ?? 0;
    });
  }
}

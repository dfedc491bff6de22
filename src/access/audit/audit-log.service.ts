import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { GroupCommit } from '../../common/group-commit.js';
import { newId } from '../../common/ids.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { type AuditRow, completeRows, insertRows, selectRows } from './audit.sql.js';

const MAX_BATCH = 500;

/** What somebody asks for. */
export interface AskedOperation {
  readonly caller: string;
  readonly operation: string;
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  readonly requestId: string;
  readonly at: Date;
}

/**
 * Who did what: a row is there before anything is done, and completed with how it ended. Many at a time, so that it costs a
 * request little.
 */
@Injectable()
export class AuditLog implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Audit');
  private readonly begins = new GroupCommit<AuditRow, void>((rows) => this.insert(rows), MAX_BATCH);
  private readonly ends = new GroupCommit<Pick<AuditRow, 'id' | 'status'>, void>(
    (rows) => this.complete(rows),
    MAX_BATCH,
  );

  constructor(private readonly work: UnitOfWork) {}

  /** Answers the id of the row once it is stored; nothing is to be done when it fails. */
  async begin({ at, requestId, ...asked }: AskedOperation): Promise<string> {
    const id = newId();
    await this.begins.add({ ...asked, id, at: at.toISOString(), request_id: requestId, status: null });
    return id;
  }

  /** In the background: whoever is answered does not wait for it. */
  end(id: string, status: number): void {
    this.ends
      .add({ id, status })
      .catch((error: Error) => this.logger.warn(`How ${id} ended is not kept: ${error.message}`));
  }

  list(caller: string | null, before: string | null, limit: number): Promise<AuditRow[]> {
    return this.work.query<AuditRow>(selectRows(caller, before, limit));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.ends.idle();
  }

  private async insert(rows: readonly AuditRow[]): Promise<readonly void[]> {
    await this.work.query(insertRows(rows));
    return rows.map(() => undefined);
  }

  private async complete(rows: readonly Pick<AuditRow, 'id' | 'status'>[]): Promise<readonly void[]> {
    await this.work.query(completeRows(rows));
    return rows.map(() => undefined);
  }
}

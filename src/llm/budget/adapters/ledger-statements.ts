import { Inject, Injectable } from '@nestjs/common';
import { DatabaseTarget } from '../../../database/database-target.js';
import { StatementPool } from '../../../database/prepared-statements.js';

/** Two connections of the ledger: one admits calls while the other books those that have ended. */
@Injectable()
export class LedgerStatements extends StatementPool {
  constructor(@Inject(DatabaseTarget) target: DatabaseTarget) {
    super(target, { applicationName: 'tandem-ledger', connections: 2, pipeline: true });
  }
}

import { Injectable } from '@nestjs/common';
import { Contributes } from '../../common/ports.js';
import { RUN_COST, type RunCost } from '../../execution/run-cost.port.js';
import { Ledger } from '../budget/ledger.service.js';
import { InteractionsStore } from './interactions-store.port.js';

/** What runs and tasks cost, summed from the record of calls when it is read. */
@Injectable()
@Contributes(RUN_COST)
export class StoredRunCost implements RunCost {
  constructor(
    private readonly store: InteractionsStore,
    private readonly ledger: Ledger,
  ) {}

  async ofRuns(runIds: readonly string[]): Promise<ReadonlyMap<string, bigint>> {
    await this.ledger.booked();
    return this.store.costOfRuns(runIds);
  }

  async ofTasks(taskIds: readonly string[]): Promise<ReadonlyMap<string, bigint>> {
    await this.ledger.booked();
    return this.store.costOfTasks(taskIds);
  }
}

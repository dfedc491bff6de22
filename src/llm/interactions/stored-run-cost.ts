import { Injectable } from '@nestjs/common';
import { Contributes } from '../../common/ports.js';
import { RUN_COST, type RunCost } from '../../execution/run-cost.port.js';
import { InteractionsStore } from './interactions-store.port.js';

/** What runs and tasks cost, summed from the record of calls when it is read. */
@Injectable()
@Contributes(RUN_COST)
export class StoredRunCost implements RunCost {
  constructor(private readonly store: InteractionsStore) {}

  ofRuns(runIds: readonly string[]): Promise<ReadonlyMap<string, bigint>> {
    return this.store.costOfRuns(runIds);
  }

  ofTasks(taskIds: readonly string[]): Promise<ReadonlyMap<string, bigint>> {
    return this.store.costOfTasks(taskIds);
  }
}

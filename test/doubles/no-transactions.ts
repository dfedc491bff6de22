import { UnitOfWork } from '../../src/database/unit-of-work.js';

/** For services on in-memory stores: runs the work as it is and has no database. */
export class NoTransactions extends UnitOfWork {
  constructor() {
    super(undefined as never);
  }

  override transactional<T>(work: () => Promise<T>): Promise<T> {
    return work();
  }
}

import { Injectable } from '@nestjs/common';
import { assertMatches, etagOf } from '../common/http/etag.js';
import { Ports } from '../common/ports.js';
import { NotFoundError } from '../common/tandem-error.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { RUN_PLANS } from './run-plans.port.js';
import { settableFields } from './workflow.js';
import { workflowRunning } from './workflows.errors.js';
import { WorkflowsStore } from './workflows.store.port.js';

/** Deletes workflows that have no live runs. */
@Injectable()
export class WorkflowRemovalService {
  constructor(
    private readonly store: WorkflowsStore,
    private readonly work: UnitOfWork,
    private readonly ports: Ports,
  ) {}

  /** Live runs are counted under the row lock: a start at the same moment is either counted or finds nothing. */
  remove(id: string, ifMatch: string | undefined): Promise<void> {
    return this.work.transactional(async () => {
      const workflow = await this.store.lock(id, 'change');
      if (workflow === null) throw new NotFoundError('workflow', id);
      assertMatches(ifMatch, etagOf(settableFields(workflow)));
      const liveRuns = await this.ports.get(RUN_PLANS).countLiveRuns(id);
      if (liveRuns > 0) throw workflowRunning(workflow, liveRuns);
      await this.store.delete(id);
    });
  }
}

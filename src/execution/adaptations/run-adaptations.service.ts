import { Injectable } from '@nestjs/common';
import { contentHash } from '../../common/canonical-json.js';
import type { JsonObject } from '../../common/json.js';
import { NotFoundError } from '../../common/tandem-error.js';
import type { RunAdaptation } from '../../workflows/run-plans.port.js';
import { isTerminalRun } from '../domain/status.js';
import { planOutdated, runEnded } from '../runs.errors.js';
import { SignalsService } from '../signals.service.js';
import { type StandingRun, StandingRuns } from './standing-runs.port.js';

/** Changes the rest of runs that are going on. */
@Injectable()
export class RunAdaptations {
  constructor(
    private readonly runs: StandingRuns,
    private readonly signals: SignalsService,
  ) {}

  /** A run whose rest can be changed. Fails as `run_not_found`, `run_ended`, `signal_pending`. */
  async open(runId: string): Promise<StandingRun> {
    const run = await this.standing(runId);
    if (isTerminalRun(run.status)) throw runEnded(runId, run.status);
    await this.signals.refusePending(runId, ['adapt'], null);
    return run;
  }

  private async standing(runId: string): Promise<StandingRun> {
    const run = await this.runs.find(runId);
    if (run === null) throw new NotFoundError('run', runId);
    return run;
  }

  /** See `RunPlans.adapt`. */
  adapt(runId: string, { planId, adaptation, by }: RunAdaptation): Promise<void> {
    const { basedOn, patch } = adaptation;
    return this.signals.adapt(runId, { planId, by, patch } as unknown as JsonObject, async () => {
      const { definition, tasks } = await this.standing(runId);
      if (contentHash(definition) !== basedOn) throw planOutdated(runId, planId, []);
      const statuses = new Map(tasks.map(({ taskId, status }) => [taskId, status]));
      const changed = [...patch.changed.map(({ taskId }) => taskId), ...patch.removed];
      const begun = [
        ...changed.filter((taskId) => statuses.get(taskId) !== 'pending'),
        ...patch.reassigned
          .map(({ taskId }) => taskId)
          .filter((taskId) => !['pending', 'ready'].includes(statuses.get(taskId) ?? '')),
      ];
      if (begun.length > 0) throw planOutdated(runId, planId, begun);
    });
  }
}

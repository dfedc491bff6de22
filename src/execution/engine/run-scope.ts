import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { type WorkIds, workOn } from '../../common/work-ids.js';
import type { RunState, TaskPlan } from '../domain/run-state.js';
import type { ClaimedRun } from '../engine-store.port.js';
import type { RunTrace } from '../traces/run-trace.js';
import type { RunTraces } from '../traces/run-traces.js';

/** For whom a run is worked on, as logs and traces say it. */
export class RunScope {
  /** null: the run is not traced. */
  readonly trace: RunTrace | null;
  private readonly ids: WorkIds;

  constructor(run: ClaimedRun, traces: Pick<RunTraces, 'open'>) {
    this.ids = { runId: run.runId };
    this.trace = traces.open(run);
  }

  inRun<T>(work: () => T): T {
    return this.for(this.ids, work);
  }

  inTask<T>({ runId, plan, tasks }: RunState, task: number, work: () => T): T {
    const ids = { runId, taskId: (plan[task] as TaskPlan).id, agentId: tasks.get(task).agentId };
    return this.for(ids, work);
  }

  private for<T>(ids: WorkIds, work: () => T): T {
    if (this.trace !== null) return this.trace.within(() => workOn(ids, work));
    // An attempt begins where another one has ended, which may be of a run that is traced.
    if (context.active() !== ROOT_CONTEXT) return context.with(ROOT_CONTEXT, () => workOn(ids, work));
    return workOn(ids, work);
  }
}

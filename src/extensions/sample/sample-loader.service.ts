import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import {
  AgentsService,
  ConflictError,
  RunsService,
  RunWatcher,
  type RunView,
  TaskSignalsService,
} from '../../index.js';
import { SampleCreation } from './sample-creation.service.js';
import { SAMPLE_INPUT, SAMPLE_WORKFLOW_ID } from './sample-content.js';

/** How often a run is looked at when no notification comes, for example while the database is away. */
const LOOK_AGAIN_MS = 1_000;

const DECISION = { by: 'sample', comment: 'nobody was asked, this is the first start.' } as const;

/**
 * Loads the sample into an empty database and brings its run to an end, approving as `sample` where it asks. A process
 * that was killed in between is continued by the next one; several at once do the same work once.
 */
@Injectable()
export class SampleLoader implements BeforeApplicationShutdown {
  private finishing: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly creation: SampleCreation,
    private readonly agents: AgentsService,
    private readonly runs: RunsService,
    private readonly signals: TaskSignalsService,
    private readonly watcher: RunWatcher,
  ) {}

  /** Creates the sample where the database is empty. Answers its run while that has not ended, else null. */
  async begin(): Promise<string | null> {
    const created = (await this.isEmpty()) ? await this.creation.create() : null;
    return created ?? this.findUnfinished();
  }

  /** The ended run; null when this process drains before the end. */
  finish(runId: string): Promise<RunView | null> {
    const finishing = this.approveUntilEnded(runId);
    this.finishing = finishing;
    return finishing;
  }

  /** Nobody may ask the database any more when it is closed. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.finishing;
  }

  /** Runs outlive their agents: a database with runs has been in use. */
  private async isEmpty(): Promise<boolean> {
    const [agents, runs] = await Promise.all([this.agents.list({ limit: 1 }), this.runs.list({ limit: 1 })]);
    return agents.items.length === 0 && runs.items.length === 0;
  }

  /** The sample's own run is the first of its workflow. */
  private async findUnfinished(): Promise<string | null> {
    const { items } = await this.runs.list({ workflowId: SAMPLE_WORKFLOW_ID, limit: 1 });
    const [run] = items;
    return run !== undefined && run.finishedAt === null && isOwnRun(run) ? run.id : null;
  }

  private async approveUntilEnded(runId: string): Promise<RunView | null> {
    while (!this.watcher.isDraining) {
      // Watch before reading: a change in between is not missed.
      const change = this.watcher.nextChange(runId, LOOK_AGAIN_MS);
      const run = await this.lookAndApprove(runId);
      if (run?.finishedAt != null) {
        change.cancel();
        return run;
      }
      await change.promise;
    }
    return null;
  }

  /** null while the database is away. */
  private async lookAndApprove(runId: string): Promise<RunView | null> {
    try {
      const run = await this.runs.get(runId);
      if (run.finishedAt === null) await this.approve(runId);
      return run;
    } catch {
      return null;
    }
  }

  private async approve(runId: string): Promise<void> {
    const waiting = { runId, status: 'waiting', waitingFor: 'person', limit: 10 } as const;
    const { items } = await this.runs.listTasks(waiting);
    for (const { id } of items) {
      try {
        await this.signals.decide(id, 'approve', DECISION);
      } catch (error) {
        // Another process, or a person, decided first.
        if (!(error instanceof ConflictError)) throw error;
      }
    }
  }
}

function isOwnRun({ input }: RunView): boolean {
  const { startedBy } = (input ?? {}) as { readonly startedBy?: unknown };
  return startedBy === SAMPLE_INPUT.startedBy;
}

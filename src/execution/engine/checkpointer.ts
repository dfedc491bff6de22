import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { workForAll } from '../../common/work-ids.js';
import type { NewChildRun } from '../domain/child-run.js';
import type { RunEvent } from '../domain/run-event.js';
import type { OwnDefinition, RunEnd, RunState, Step, TaskPlan, TaskState } from '../domain/run-state.js';
import type { RunStatus } from '../domain/status.js';
import { type AddedTask, EngineStore, type RunCheckpoint } from '../engine-store.port.js';
import { EngineMetrics } from './engine-metrics.js';
import { isDataError, persistently } from './persistently.js';

/** What became of a step: stored, or refused because the run has another owner or cannot be stored. */
export type Stored = 'stored' | 'lost' | 'unstorable';

/** Whose step it is. */
type SubmittingRun = Pick<RunCheckpoint, 'runId' | 'epoch' | 'parent'>;

/** Steps of one run since its last checkpoint, merged: of each task only its latest state is written. */
interface Pending {
  readonly runId: string;
  readonly epoch: string;
  readonly tasks: Map<number, TaskState>;
  readonly added: Set<number>;
  readonly proposals: RunCheckpoint['proposals'][number][];
  readonly childRuns: NewChildRun[];
  readonly childCancels: string[];
  readonly freedPermits: string[];
  readonly parent: RunCheckpoint['parent'];
  plan: readonly TaskPlan[];
  isReassigned: boolean;
  readonly redefined: Set<number>;
  status: RunStatus | null;
  reason: string | null;
  readonly events: RunEvent[];
  readonly appliedSignals: number[];
  eventCount: number;
  end: RunEnd | null;
  productive: boolean;
  readonly waiters: ((stored: Stored) => void)[];
}

const MAX_RUNS_PER_BATCH = 256;
/** Small enough that this process works on one batch while PostgreSQL stores the other. */
const MAX_TASKS_PER_BATCH = 1_000;

/**
 * Stores the steps of all runs of this process, one statement at a time. While one is under way the next batch
 * gathers: group commit without a timer.
 */
@Injectable()
export class Checkpointer {
  private readonly logger = new Logger('Checkpointer');
  private pending = new Map<string, Pending>();
  private draining: Promise<void> | null = null;
  private closed = false;

  constructor(
    private readonly store: EngineStore,
    private readonly metrics: EngineMetrics,
  ) {}

  /** Stores a step in the order of calls; resolves when it is committed or refused. */
  submit(run: SubmittingRun, step: Step, signal?: number): Promise<Stored> {
    const pending = this.pendingOf(run, step);
    const { state } = step;
    for (const index of step.changedTasks) keepTask(pending, state, index);
    for (const index of step.reassignedTasks) keepTask(pending, state, index);
    for (const index of step.redefinedTasks) {
      keepTask(pending, state, index);
      pending.redefined.add(index);
    }
    for (const index of step.addedTasks) {
      keepTask(pending, state, index);
      pending.added.add(index);
    }
    for (const index of step.proposedFor) pending.proposals.push(...proposalOf(state, index));
    pending.childRuns.push(...step.childRuns);
    pending.childCancels.push(...step.childCancels);
    for (const index of step.freedPermits) pending.freedPermits.push((state.plan[index] as TaskPlan).id);
    pending.plan = state.plan;
    pending.isReassigned ||= step.reassignedTasks.length > 0;
    pending.status = step.runStatus ?? pending.status;
    pending.reason = step.runReason ?? pending.reason;
    pending.events.push(...step.events);
    if (signal !== undefined) pending.appliedSignals.push(signal);
    pending.eventCount = state.eventCount;
    pending.end = state.end;
    this.draining ??= workForAll(() => this.drain());
    return new Promise((resolve) => pending.waiters.push(resolve));
  }

  /** Gives up what is not stored: its runs belong to whoever takes over. */
  close(): void {
    this.closed = true;
  }

  private pendingOf(run: SubmittingRun, step: Step): Pending {
    const known = this.pending.get(run.runId);
    if (known !== undefined && known.epoch === run.epoch) return known;
    const pending: Pending = {
      runId: run.runId,
      epoch: run.epoch,
      tasks: new Map(),
      added: new Set(),
      proposals: [],
      childRuns: [],
      childCancels: [],
      freedPermits: [],
      parent: run.parent,
      plan: step.state.plan,
      isReassigned: false,
      redefined: new Set(),
      status: null,
      reason: null,
      events: [],
      appliedSignals: [],
      eventCount: step.state.eventCount,
      end: null,
      productive: false,
      waiters: [],
    };
    // Steps under an earlier epoch of this process cannot be stored any more.
    for (const waiter of known?.waiters ?? []) waiter('lost');
    this.pending.set(run.runId, pending);
    return pending;
  }

  private async drain(): Promise<void> {
    // One turn of the event loop lets an attempt that ends at once join the checkpoint of its start.
    await nextTurn();
    while (this.pending.size > 0) await this.write(this.takeBatch());
    this.draining = null;
  }

  private takeBatch(): Pending[] {
    const batch: Pending[] = [];
    let tasks = 0;
    for (const [runId, pending] of this.pending) {
      if (
        batch.length >= MAX_RUNS_PER_BATCH ||
        (tasks > 0 && tasks + pending.tasks.size > MAX_TASKS_PER_BATCH)
      )
        break;
      tasks += pending.tasks.size;
      batch.push(pending);
      this.pending.delete(runId);
    }
    return batch;
  }

  /** Writes a batch; a data error bisects it, so that it meets only the run it belongs to. */
  private async write(batch: readonly Pending[]): Promise<void> {
    const timed = this.metrics.timeCheckpoint();
    try {
      const held = await persistently(() => this.store.checkpoint(batch.map(toCheckpoint)), {
        givenUp: () => this.closed,
        report: (message) => this.logger.warn(message),
        what: `A checkpoint of ${batch.length} runs`,
      });
      timed();
      for (const pending of batch) {
        const isHeld = held.has(pending.runId);
        if (isHeld) this.count(pending);
        settle(pending, isHeld ? 'stored' : 'lost');
      }
    } catch (error) {
      if (isDataError(error)) return this.bisect(batch, error as Error);
      for (const pending of batch) settle(pending, 'lost');
    }
  }

  private count({ tasks, end }: Pending): void {
    for (const { status, finishedAt } of tasks.values())
      if (finishedAt !== null) this.metrics.taskEnded(status);
    if (end !== null) this.metrics.runEnded(end.status);
  }

  private async bisect(batch: readonly Pending[], error: Error): Promise<void> {
    if (batch.length > 1) {
      const middle = batch.length >> 1;
      await this.write(batch.slice(0, middle));
      return this.write(batch.slice(middle));
    }
    const [pending] = batch;
    if (pending === undefined) return;
    this.logger.error(`Run ${pending.runId} cannot be stored: ${error.message}`);
    // Steps that gathered meanwhile follow from this one: stored alone they would leave a gap.
    const later = this.pending.get(pending.runId);
    if (later !== undefined && later.epoch === pending.epoch) {
      this.pending.delete(pending.runId);
      settle(later, 'unstorable');
    }
    settle(pending, 'unstorable');
  }
}

function keepTask(pending: Pending, { tasks }: RunState, index: number): void {
  const task = tasks.get(index);
  pending.tasks.set(index, task);
  if (task.finishedAt !== null) pending.productive = true;
}

function proposalOf({ plan, tasks }: RunState, index: number): RunCheckpoint['proposals'] {
  const { proposal, attempt } = tasks.get(index);
  return proposal === null ? [] : [{ taskId: (plan[index] as TaskPlan).id, attempt, proposal }];
}

function toCheckpoint(pending: Pending): RunCheckpoint {
  const { plan, added } = pending;
  const tasks: { id: string; state: TaskState }[] = [];
  const definitions = new Map<string, OwnDefinition>();
  const addedTasks: AddedTask[] = [];
  for (const [position, state] of pending.tasks) {
    const { id, own: definition, parent } = plan[position] as TaskPlan;
    if (definition === null || !added.has(position)) {
      tasks.push({ id, state });
      if (definition !== null && pending.redefined.has(position)) definitions.set(id, definition);
    } else {
      const parentTaskId = parent === null ? null : (plan[parent] as TaskPlan).id;
      addedTasks.push({ id, position, parentTaskId, definition, state });
    }
  }
  const { runId, epoch, eventCount, events, appliedSignals, proposals } = pending;
  const { end, status, reason, isReassigned, productive, childRuns, childCancels, freedPermits, parent } =
    pending;
  return {
    ...{ runId, epoch, eventCount, tasks, addedTasks, isReassigned, definitions, proposals },
    ...{
      events,
      appliedSignals,
      end,
      status,
      reason,
      productive,
      childRuns,
      childCancels,
      freedPermits,
      parent,
    },
  };
}

function settle(pending: Pending, stored: Stored): void {
  for (const waiter of pending.waiters) waiter(stored);
}

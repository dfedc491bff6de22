import { restoreRun } from '../../src/execution/domain/restore-run.js';
import type { RunEvent } from '../../src/execution/domain/run-event.js';
import type { SignalBody } from '../../src/execution/domain/run-input.js';
import type { RunEnd, RunState, Step } from '../../src/execution/domain/run-state.js';
import type { RunStatus } from '../../src/execution/domain/status.js';
import type { Definition } from '../../src/workflows/domain/definition.js';
import { aTask } from '../factories/definition.factory.js';
import { aStoredTask, type StoredTask } from '../factories/run.factory.js';
import { PermitDesk } from './permit-desk.js';
import { must, TERMINAL } from './run-rules.js';
import type { ScriptedTask } from './run-script.js';

export interface Signal {
  readonly body: SignalBody;
  applied: boolean;
}

function definitionOf(script: readonly ScriptedTask[]): Definition {
  return {
    tasks: script.map(({ dependencies, optional, maxAttempts, isUndoable }, index) =>
      aTask({
        taskId: `t${index}`,
        dependencies: dependencies.map((dependency) => `t${dependency}`),
        optional,
        ...(isUndoable ? { compensation: { taskType: 'test.undo', parameters: {} } } : {}),
        retry: { maxAttempts, initialDelaySeconds: 1, maxDelaySeconds: 4 },
      }),
    ),
  };
}

/** A run as the database has it: what outlives every owner. Checks what is written to it. */
export class CommittedRun {
  readonly events: RunEvent[];
  readonly rows: StoredTask[];
  readonly signals: Signal[] = [];
  readonly desk = new PermitDesk();
  end: RunEnd | null = null;
  /** Every claim raises it; a run that is parked has no owner. */
  epoch = 0;
  private eventCount = 1;
  /** As the run's row says. */
  private status: RunStatus = 'running';
  private reason: string | null = null;
  readonly definition: Definition;

  constructor(
    script: readonly ScriptedTask[],
    private readonly deadlineAt: number | null,
    queuedAt: number,
  ) {
    this.definition = definitionOf(script);
    this.rows = script.map(() => aStoredTask({ agentId: 'agent' }));
    this.events = [{ sequence: 1, type: 'run.queued', at: queuedAt, data: {} }];
  }

  get isPaused(): boolean {
    return this.status === 'paused';
  }

  /** For a new owner. */
  claim(): RunState {
    const { eventCount, deadlineAt, definition, status, reason } = this;
    const tasks = this.rows.map((row, task) => {
      const permit = this.desk.permits.get(task);
      return { ...row, permit: permit === undefined ? null : permit.isHeld ? 'held' : 'awaited' } as const;
    });
    this.epoch += 1;
    return restoreRun({
      runId: 'run',
      definition,
      eventCount,
      deadlineAt,
      previousStatus: status,
      reason,
      tasks,
    });
  }

  park(now: number): void {
    this.epoch += 1;
    this.eventCount += 1;
    this.events.push({ sequence: this.eventCount, type: 'run.parked', at: now, data: {} });
  }

  store(step: Step, signal: Signal | undefined): void {
    must(this.end === null || step.events.length + step.changedTasks.length === 0, 'writes after the end');
    for (const event of step.events) {
      must(event.sequence === this.eventCount + 1, `event ${event.sequence} after ${this.eventCount}`);
      this.eventCount = event.sequence;
      this.events.push(event);
    }
    const { changedTasks, addedTasks, reassignedTasks, redefinedTasks, proposedFor } = step;
    for (const index of addedTasks) this.rows.push(this.newRow(index, step.state));
    for (const index of new Set([...changedTasks, ...reassignedTasks, ...redefinedTasks, ...proposedFor]))
      this.storeTask(index, step.state, new Set(redefinedTasks));
    if (step.runStatus !== null) this.status = step.runStatus;
    if (step.runReason !== null) this.reason = step.runReason;
    if (signal !== undefined) signal.applied = true;
    for (const task of step.freedPermits) this.desk.permits.delete(task);
    this.desk.check(this);
    this.end = step.state.end;
  }

  /** A signal is stored; the owner has yet to hear it. */
  receive(body: SignalBody): Signal {
    const signal = { body, applied: false };
    this.signals.push(signal);
    return signal;
  }

  /** The first such task no signal is on its way to; -1 when there is none. */
  findUndecided(isMeant: (row: StoredTask) => boolean): number {
    return this.rows.findIndex((row, task) => isMeant(row) && !this.isDecided(task));
  }

  private isDecided(task: number): boolean {
    return this.signals.some(({ body, applied }) => 'task' in body && body.task === task && !applied);
  }

  private newRow(index: number, { plan, tasks }: RunState): StoredTask {
    const { id, parent, own } = plan[index] as RunState['plan'][number];
    const { openDependencies: _open, openChildren: _children, ...row } = tasks.get(index);
    must(index === this.rows.length, 'added tasks come at the end');
    return { ...row, id, own, parentTaskId: parent === null ? null : (plan[parent]?.id ?? null) };
  }

  private storeTask(index: number, { tasks, plan }: RunState, redefined: ReadonlySet<number>): void {
    const { openDependencies: _open, openChildren: _children, ...row } = tasks.get(index);
    const before = this.rows[index] as StoredTask;
    must(!TERMINAL.has(before.status), `t${index} changed after it was ${before.status}`);
    must(TERMINAL.has(row.status) === (row.finishedAt !== null), `t${index} is ${row.status} but finishedAt`);
    const { id = '', own = null } = plan[index] ?? {};
    // Only what is said to be redefined is written.
    this.rows[index] = { ...before, ...row, id, own: redefined.has(index) ? own : before.own };
  }
}

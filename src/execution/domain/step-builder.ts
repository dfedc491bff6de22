import type { JsonObject } from '../../common/json.js';
import type { RunEventType } from './run-event.js';
import type { Command, RunEnd, RunState, Step, TaskPlan, TaskState } from './run-state.js';
import type { RunEvent } from './run-event.js';
import { isTerminalTask, TASK_TRANSITIONS, type TaskStatus } from './status.js';

const COUNTED: Readonly<Partial<Record<TaskStatus, 'ready' | 'running' | 'waiting'>>> = {
  ready: 'ready',
  running: 'running',
  waiting: 'waiting',
};

/**
 * Builds one step out of small moves. Lives for one call of `advanceRun` and never changes the state it was given:
 * the moves work on copies, so a step is a pure function of its arguments.
 */
export class StepBuilder {
  private readonly changed = new Set<number>();
  private readonly events: RunEvent[] = [];
  private readonly commands: Command[] = [];

  constructor(
    private current: RunState,
    readonly now: number,
  ) {}

  get state(): RunState {
    return this.current;
  }

  task(index: number): TaskState {
    return this.current.tasks.get(index);
  }

  plan(index: number): TaskPlan {
    return this.current.plan[index] as TaskPlan;
  }

  /** Moves a task to a status the transition table allows from where it is. */
  move(index: number, status: TaskStatus, change: Partial<TaskState> = {}): void {
    const before = this.task(index);
    if (!TASK_TRANSITIONS[before.status].includes(status)) {
      throw new Error(`Task ${this.plan(index).taskId} cannot go from ${before.status} to ${status}`);
    }
    const ended = isTerminalTask(status);
    const after: TaskState = {
      ...before,
      waitingFor: null,
      wait: null,
      wakeAt: null,
      ...change,
      status,
      finishedAt: ended ? this.now : before.finishedAt,
    };
    const counts = { ...this.current.counts };
    const from = COUNTED[before.status];
    const to = COUNTED[status];
    if (from !== undefined) counts[from] -= 1;
    if (to !== undefined) counts[to] += 1;
    if (ended) counts.open -= 1;
    this.current = { ...this.current, tasks: this.current.tasks.with(index, after), counts };
    this.changed.add(index);
  }

  /** A dependency of this task has ended; answers how many are still open. */
  closeDependency(index: number): number {
    const before = this.task(index);
    const openDependencies = before.openDependencies - 1;
    this.current = {
      ...this.current,
      tasks: this.current.tasks.with(index, { ...before, openDependencies }),
    };
    return openDependencies;
  }

  event(type: RunEventType, data: JsonObject = {}, task?: number): void {
    const sequence = this.current.eventCount + 1;
    const about = task === undefined ? {} : { taskId: this.plan(task).taskId };
    this.events.push({ sequence, type, ...about, at: this.now, data });
    this.current = { ...this.current, eventCount: sequence };
  }

  command(command: Command): void {
    this.commands.push(command);
  }

  fail(reason: string): void {
    this.current = { ...this.current, failing: this.current.failing ?? { reason } };
  }

  completing(): void {
    this.current = { ...this.current, completing: true };
  }

  end(end: RunEnd): void {
    this.current = { ...this.current, end };
  }

  build(): Step {
    return {
      state: this.current,
      changedTasks: [...this.changed],
      events: this.events,
      commands:
        this.current.end === null
          ? this.commands
          : this.commands.filter(({ kind }) => kind === 'abortAttempts'),
    };
  }
}

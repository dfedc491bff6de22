import type { JsonObject } from '../../common/json.js';
import { dependenciesOf, successorsOf } from '../../workflows/domain/graph.js';
import type { Links } from '../../workflows/domain/links.js';
import type { NewChildRun } from './child-run.js';
import type { ArrayDraft } from './persistent-array.js';
import { newRareParts, NOTHING_RARE, type RareParts } from './rare-parts.js';
import type { RunEvent, RunEventType } from './run-event.js';
import type {
  Command,
  OwnDefinition,
  PermitState,
  RunEnd,
  RunState,
  Step,
  TaskPlan,
  TaskState,
} from './run-state.js';
import { isTerminalTask, type RunStatus, TASK_TRANSITIONS, type TaskStatus } from './status.js';

type Counted = Exclude<keyof RunState['counts'], 'open' | 'awaiting'>;

const COUNTED: Readonly<Partial<Record<TaskStatus, Counted>>> = {
  ready: 'ready',
  running: 'running',
  recovering: 'recovering',
  waiting: 'waiting',
  unknown: 'unknown',
};

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
/** A copy of the run that belongs to one step. */
type RunDraft = Omit<Writable<RunState>, 'counts'> & { readonly counts: Writable<RunState['counts']> };

/** A task the run gets. */
export interface NewTask {
  readonly plan: TaskPlan;
  readonly task: TaskState;
}

/**
 * Builds one step out of small moves. Lives for one call of `advanceRun` and never changes the state it was given:
 * the moves change a copy of their own, so a step is a pure function of its arguments.
 */
export class StepBuilder {
  private readonly changed = new Set<number>();
  /** Made when it is needed: most steps have none of it. */
  private rare: RareParts | null = null;
  private readonly events: RunEvent[] = [];
  private readonly commands: Command[] = [];
  private runStatus: RunStatus | null = null;
  private runReason: string | null = null;
  /** The copy, made with the first move: a step without one leaves the state it was given. */
  private changing: RunDraft | null = null;
  private tasks: ArrayDraft<TaskState> | null = null;

  constructor(
    private readonly given: RunState,
    readonly now: number,
  ) {}

  /** The run as far as the step goes now: what is kept of it over a move changes with the move. */
  get state(): RunState {
    return this.changing ?? this.given;
  }

  task(index: number): TaskState {
    return this.state.tasks.get(index);
  }

  plan(index: number): TaskPlan {
    return this.state.plan[index] as TaskPlan;
  }

  /** Moves a task to a status the transition table allows from where it is. */
  move(index: number, status: TaskStatus, change: Partial<TaskState> = {}): void {
    const isOpen = status === 'ready' || status === 'running';
    if (!isOpen) this.freePermit(index);
    const before = this.task(index);
    if (!TASK_TRANSITIONS[before.status].includes(status)) {
      throw new Error(`Task ${this.plan(index).taskId} cannot go from ${before.status} to ${status}`);
    }
    const ended = isTerminalTask(status);
    // Whoever waited for a child run and does not any more has it cancelled.
    if (before.waitingFor === 'childRun' && !this.more.endedChildren.delete(index))
      this.more.childCancels.push(String(before.wait?.['runId']));
    const after: TaskState = {
      ...before,
      permit: isOpen ? before.permit : null,
      proposal: null,
      waitingFor: null,
      wait: null,
      wakeAt: null,
      ...change,
      status,
      finishedAt: ended ? this.now : before.finishedAt,
    };
    const { counts } = this.own;
    const from = COUNTED[before.status];
    const to = COUNTED[status];
    if (from !== undefined) counts[from] -= 1;
    if (to !== undefined) counts[to] += 1;
    if (ended) counts.open -= 1;
    this.draft.set(index, after);
    this.changed.add(index);
  }

  /** A dependency of this task has ended; answers how many are still open. */
  closeDependency(index: number): number {
    const openDependencies = this.task(index).openDependencies - 1;
    this.note(index, { openDependencies });
    return openDependencies;
  }

  /** Spawned tasks began or ended; answers how many are open now. */
  countChildren(index: number, change: 1 | -1): number {
    const openChildren = this.task(index).openChildren + change;
    this.note(index, { openChildren });
    return openChildren;
  }

  /** Another agent or alternative from the next attempt on. */
  reassign(index: number, change: Pick<TaskState, 'agentId'> | Pick<TaskState, 'alternative'>): void {
    this.note(index, change);
    const { reassignedTasks } = this.more;
    if (!reassignedTasks.includes(index)) reassignedTasks.push(index);
  }

  /** Notes of a task something that a later move of this step carries on. */
  keep(index: number, change: Pick<TaskState, 'error' | 'failedAttempts'>): void {
    this.note(index, change);
  }

  /** Another definition from the next attempt on; `facts`: what the rules know of it, where that changes. */
  redefine(index: number, own: OwnDefinition, facts: Partial<TaskPlan> = {}): void {
    this.own.plan = this.state.plan.with(index, { ...this.plan(index), ...facts, own });
    const { redefinedTasks } = this.more;
    if (!redefinedTasks.includes(index)) redefinedTasks.push(index);
  }

  /** Who waits for whom, anew, of all tasks by position. */
  relink(links: Links): void {
    this.own.plan = this.state.plan.map((task, index) => ({
      ...task,
      dependencies: [...dependenciesOf(links, index)],
      successors: [...successorsOf(links, index)],
    }));
    for (const [index, { status, openDependencies: before }] of this.state.tasks.entries()) {
      if (status !== 'pending') continue;
      const { dependencies } = this.plan(index);
      const open = dependencies.filter((each) => !isTerminalTask(this.task(each).status)).length;
      if (open !== before) this.note(index, { openDependencies: open });
    }
  }

  setPermit(index: number, permit: PermitState | null): void {
    const change = Number(permit === 'awaited') - Number(this.task(index).permit === 'awaited');
    this.note(index, { permit });
    this.own.counts.awaiting += change;
  }

  /**
   * Gives back the permit of a task, or its place among those that wait for one. A question under way may be answered when
   * this is stored, as long as the task is ready: then it is given back once more.
   */
  freePermit(index: number): void {
    const { permit } = this.task(index);
    if (permit === null) return;
    this.setPermit(index, permit === 'held' || permit === 'awaited' ? null : 'left');
    this.more.freedPermits.push(index);
  }

  startChild(child: NewChildRun): void {
    this.more.childRuns.push(child);
  }

  /** The child run this task waits for needs no cancel. */
  childHasEnded(index: number): void {
    this.more.endedChildren.add(index);
  }

  /** A task has ended that the recovery of another one waits for. */
  helperHasEnded(index: number): void {
    this.more.endedHelpers.push(index);
  }

  /** The first of them that nobody has asked for yet. */
  nextEndedHelper(): number | undefined {
    return this.rare?.endedHelpers.shift();
  }

  propose(index: number, proposal: TaskState['proposal']): void {
    this.note(index, { proposal, isAdvised: true });
    this.more.proposedFor.push(index);
  }

  /** New `pending` tasks at the end of the run; answers the index of the first. */
  add(added: readonly NewTask[]): number {
    const { plan, counts } = this.own;
    for (const [place, { task }] of added.entries()) {
      this.draft.push(task);
      this.more.addedTasks.push(plan.length + place);
    }
    counts.open += added.length;
    this.own.plan = [...plan, ...added.map((one) => one.plan)];
    return plan.length;
  }

  event(type: RunEventType, data: JsonObject = {}, task?: number): void {
    const sequence = this.state.eventCount + 1;
    const about = task === undefined ? {} : { taskId: this.plan(task).taskId };
    this.events.push({ sequence, type, ...about, at: this.now, data });
    this.own.eventCount = sequence;
  }

  /** Nothing starts while the run is paused: whoever resumes it starts what is ready then. */
  command(command: Command): void {
    if (command.kind === 'startAttempt' && this.state.paused) return;
    this.commands.push(command);
  }

  pause(paused: boolean): void {
    this.own.paused = paused;
    this.runStatus = paused ? 'paused' : 'running';
  }

  /** The run has failed; what follows undoes what had succeeded. */
  compensate(reason: string): void {
    this.own.failing = null;
    this.own.compensating = { reason };
    this.runStatus = 'compensating';
    this.runReason = reason;
  }

  fail(reason: string): void {
    this.own.failing ??= { reason };
  }

  completing(): void {
    this.own.completing = true;
  }

  end(end: RunEnd): void {
    this.own.end = end;
  }

  build(): Step {
    const rare = this.rare ?? NOTHING_RARE;
    if (this.tasks !== null) this.own.tasks = this.tasks.finish();
    const { state } = this;
    return {
      state,
      changedTasks: [...this.changed],
      addedTasks: rare.addedTasks,
      reassignedTasks: rare.reassignedTasks,
      redefinedTasks: rare.redefinedTasks,
      proposedFor: rare.proposedFor,
      childRuns: rare.childRuns,
      childCancels: rare.childCancels,
      freedPermits: rare.freedPermits,
      runStatus: this.runStatus,
      runReason: this.runReason,
      events: this.events,
      commands:
        state.end === null ? this.commands : this.commands.filter(({ kind }) => kind === 'abortAttempts'),
    };
  }

  private get draft(): ArrayDraft<TaskState> {
    if (this.tasks === null) this.own.tasks = this.tasks = this.given.tasks.draft();
    return this.tasks;
  }

  private get own(): RunDraft {
    return (this.changing ??= { ...this.given, counts: { ...this.given.counts } });
  }

  private get more(): RareParts {
    return (this.rare ??= newRareParts());
  }

  /** Changes what is not in the task's row. */
  private note(index: number, change: Partial<TaskState>): void {
    this.draft.set(index, { ...this.task(index), ...change });
  }
}

import { advanceRun } from '../../src/execution/domain/advance-run.js';
import { nextMove, nextWakeAt } from '../../src/execution/domain/next-move.js';
import { restoreRun } from '../../src/execution/domain/restore-run.js';
import type { RunEvent } from '../../src/execution/domain/run-event.js';
import type { RunInput, SignalBody } from '../../src/execution/domain/run-input.js';
import type { RunEnd, RunState, Step } from '../../src/execution/domain/run-state.js';
import type { Effect } from '../../src/tasks/domain/effect.js';
import { aTask } from '../factories/definition.factory.js';
import { aFailure, aStoredTask, type StoredTask } from '../factories/run.factory.js';

/** What an attempt of a task comes to; by the number of its failed attempts. */
export type ScriptedOutcome =
  'succeed' | 'timer' | 'approve' | 'reject' | 'failFinally' | 'failWithoutEffect' | 'failInDoubt';

export interface ScriptedTask {
  readonly dependencies: readonly number[];
  readonly optional: boolean;
  readonly maxAttempts: number;
  readonly effect: Effect;
  readonly entry: 'run' | 'skip' | 'startFails';
  /** The last one repeats. */
  readonly outcomes: readonly ScriptedOutcome[];
}

const TERMINAL = new Set(['succeeded', 'failed', 'skipped', 'cancelled']);

/** A violated rule, found while the world turns. */
export class Violation extends Error {}

function must(holds: boolean, rule: string): asserts holds {
  if (!holds) throw new Violation(rule);
}

interface Signal {
  readonly body: SignalBody;
  applied: boolean;
}

/**
 * A run with the shell around it, simulated: steps wait to be committed and are lost in a crash, commands are carried
 * out when their step is committed, attempts end in any order, old answers come again, signals come at any time, time
 * jumps. Checks after every move what must always hold.
 */
export class RunWorld {
  now = 1_800_000_000_000;
  /** What is committed. */
  readonly events: RunEvent[] = [{ sequence: 1, type: 'run.queued', at: this.now, data: {} }];
  rows: StoredTask[];
  end: RunEnd | null = null;
  crashes = 0;
  cancelled = false;
  private eventCount = 1;
  private readonly signals: Signal[] = [];
  private state: RunState | null = null;
  private uncommitted: { step: Step; signal: Signal | undefined }[] = [];
  private starts: number[] = [];
  /** Attempts whose start has to be committed before their handler is called. */
  private held: number[] = [];
  private running: { task: number; attempt: number; outcome: ScriptedOutcome }[] = [];
  private outputWanted = false;
  private told: RunInput[] = [];
  private readonly inDoubt = new Set<number>();
  private readonly definition;

  constructor(
    private readonly script: readonly ScriptedTask[],
    private readonly deadlineAt: number | null,
    private readonly pick: (below: number) => number,
  ) {
    this.definition = {
      tasks: script.map(({ dependencies, optional, maxAttempts }, index) =>
        aTask({
          taskId: `t${index}`,
          dependencies: dependencies.map((dependency) => `t${dependency}`),
          optional,
          retry: { maxAttempts, initialDelaySeconds: 1, maxDelaySeconds: 4 },
        }),
      ),
    };
    this.rows = script.map(() => aStoredTask());
  }

  /** Turns until the run has ended; `chaos` moves may crash, repeat and cancel, later ones only go on. */
  turn(chaos: number, oneCrashIn = 40): void {
    const bound = chaos + 40 * this.script.length + 400;
    for (let move = 0; this.end === null; move += 1) {
      must(move < bound, `it has not ended after ${bound} moves`);
      if (move < chaos && this.pick(oneCrashIn) === 0) this.crash();
      this.move(move < chaos);
      if (this.state !== null) this.checkState(this.state);
    }
    this.checkEnd(this.end);
  }

  private move(chaos: boolean): void {
    if (this.state === null) return this.claim();
    const moves: (() => void)[] = [];
    if (this.uncommitted.length > 0) moves.push(() => this.commit());
    if (this.starts.length > 0) moves.push(() => this.startOne());
    if (this.running.length > 0) moves.push(() => this.finishOne());
    if (this.outputWanted) moves.push(() => this.tell({ kind: 'outputResolved', output: '{}' }));
    const waiting = this.rows.findIndex((row, task) => row.waitingFor === 'person' && !this.isDecided(task));
    if (waiting >= 0) moves.push(() => this.decide(waiting));
    if (chaos && this.told.length > 0 && this.pick(8) === 0) moves.push(() => this.repeat());
    if (chaos && !this.cancelled && this.pick(400) === 0) moves.push(() => this.cancel());
    const wakeAt = nextWakeAt(this.state);
    if (wakeAt !== null && (moves.length === 0 || this.pick(10) === 0))
      moves.push(() => this.passTime(wakeAt));
    must(moves.length > 0, `nothing can go on: ${this.describe()}`);
    (moves[this.pick(moves.length)] as () => void)();
    if (this.state !== null && this.uncommitted.length === 0 && this.pick(3) === 0) this.mayPark(this.state);
  }

  private describe(): string {
    return this.rows.map(({ status }) => status).join(' ');
  }

  private claim(): void {
    const { eventCount, deadlineAt, definition, rows: tasks } = this;
    this.state = restoreRun({ runId: 'run', definition, eventCount, deadlineAt, tasks });
    this.tell({ kind: 'claimed', how: this.crashes === 0 ? 'started' : 'taken-over' });
    this.tell({ kind: 'timeReached' });
    for (const signal of this.signals)
      if (!signal.applied) this.feed({ kind: 'signal', signal: signal.body }, signal);
  }

  private crash(): void {
    this.crashes += 1;
    this.forget();
  }

  private forget(): void {
    this.state = null;
    this.uncommitted = [];
    this.starts = [];
    this.held = [];
    this.running = [];
    this.told = [];
    this.outputWanted = false;
  }

  private mayPark(state: RunState): void {
    if (nextMove(state, this.now).kind !== 'park') return;
    must(this.running.length === 0 && this.starts.length === 0, 'it parks while something can go on');
    this.eventCount += 1;
    this.events.push({ sequence: this.eventCount, type: 'run.parked', at: this.now, data: {} });
    this.forget();
    const wakeAt = nextWakeAt(state);
    // Somebody decides, or its wake time comes; then it is claimed again.
    if (this.rows.every(({ waitingFor }) => waitingFor !== 'person'))
      this.now = Math.max(this.now, wakeAt ?? 0);
  }

  /** Feeds an input; right after it the same input again must change nothing. */
  private tell(input: RunInput): void {
    this.feed(input);
    if (input.kind === 'claimed' || this.state === null) return;
    const before = this.state;
    const again = advanceRun(before, input, this.now);
    must(again.state === before && again.events.length + again.commands.length === 0, `${input.kind} twice`);
    if (input.kind !== 'attemptStarted') this.told.push(input);
  }

  private feed(input: RunInput, signal?: Signal): void {
    if (this.state === null) return;
    const step = advanceRun(this.state, input, this.now);
    if (this.state.end !== null) must(step.events.length === 0, 'events after the end');
    this.state = step.state;
    this.uncommitted.push({ step, signal });
  }

  /** An old answer, or another answer to an old attempt, comes late. */
  private repeat(): void {
    const input = this.told[this.pick(this.told.length)] as RunInput;
    const late: RunInput =
      input.kind === 'attemptFailed' && this.pick(2) === 0
        ? { kind: 'attemptSucceeded', task: input.task, attempt: input.attempt, result: { json: '"late"' } }
        : input;
    if (this.state === null || late.kind === 'timeReached') return;
    const before = this.state;
    const step = advanceRun(before, late, this.now);
    must(step.state === before && step.events.length + step.commands.length === 0, `a late ${late.kind}`);
  }

  private commit(): void {
    const steps = this.uncommitted.splice(0, 1 + this.pick(this.uncommitted.length));
    for (const { step, signal } of steps) this.store(step, signal);
    for (const { step } of steps) this.carryOut(step);
    const stored = this.held.filter((task) => this.rows[task]?.status !== 'ready');
    this.held = this.held.filter((task) => !stored.includes(task));
    for (const task of stored) this.callHandler(task);
    if (this.end !== null) this.forget();
  }

  private store(step: Step, signal: Signal | undefined): void {
    must(this.end === null || step.events.length + step.changedTasks.length === 0, 'writes after the end');
    for (const event of step.events) {
      must(event.sequence === this.eventCount + 1, `event ${event.sequence} after ${this.eventCount}`);
      this.eventCount = event.sequence;
      this.events.push(event);
    }
    for (const index of step.changedTasks) this.storeTask(index, step.state);
    if (signal !== undefined) signal.applied = true;
    this.end = step.state.end;
  }

  private storeTask(index: number, { tasks, plan }: RunState): void {
    const { openDependencies: _open, ...row } = tasks.get(index);
    const before = this.rows[index] as StoredTask;
    must(!TERMINAL.has(before.status), `t${index} changed after it was ${before.status}`);
    must(TERMINAL.has(row.status) === (row.finishedAt !== null), `t${index} is ${row.status} but finishedAt`);
    this.rows[index] = { ...before, ...row, id: plan[index]?.id ?? '' };
  }

  private carryOut(step: Step): void {
    for (const command of step.commands) {
      if (command.kind === 'startAttempt') this.starts.push(command.task);
      if (command.kind === 'resolveOutput') this.outputWanted = true;
      if (command.kind === 'abortAttempts') this.running = [];
    }
  }

  private startOne(): void {
    const [task] = this.starts.splice(this.pick(this.starts.length), 1);
    const { state } = this;
    if (task === undefined || state === null || state.end !== null || state.failing !== null) return;
    if (state.tasks.get(task).status !== 'ready') return;
    const { entry, effect } = this.script[task] as ScriptedTask;
    if (entry === 'skip') return this.tell({ kind: 'conditionFalse', task });
    if (entry === 'startFails') return this.tell({ kind: 'startFailed', task, failure: aFailure() });
    this.tell({ kind: 'attemptStarted', task, effect });
    if (effect === 'irreversible') this.held.push(task);
    else this.callHandler(task);
  }

  private callHandler(task: number): void {
    const { dependencies, effect, outcomes } = this.script[task] as ScriptedTask;
    for (const dependency of dependencies) {
      const { status } = this.rows[dependency] as StoredTask;
      must(TERMINAL.has(status), `t${task} starts while its dependency t${dependency} is ${status}`);
    }
    if (this.state === null || this.state.tasks.get(task).status !== 'running') return;
    const { attempt, failedAttempts } = this.state.tasks.get(task);
    if (effect === 'irreversible') {
      must(this.rows[task]?.status === 'running', `the start of irreversible t${task} is not committed`);
      must(!this.inDoubt.has(task), `irreversible t${task} is repeated in doubt`);
      this.inDoubt.add(task);
    }
    const outcome = outcomes[Math.min(failedAttempts, outcomes.length - 1)] as ScriptedOutcome;
    this.running.push({ task, attempt, outcome });
  }

  private finishOne(): void {
    const [ended] = this.running.splice(this.pick(this.running.length), 1);
    if (ended === undefined) return;
    const { task, attempt, outcome } = ended;
    if (outcome === 'succeed')
      return this.tell({ kind: 'attemptSucceeded', task, attempt, result: { json: `"t${task}"` } });
    if (outcome === 'timer' || outcome === 'approve' || outcome === 'reject') {
      const isTimer = outcome === 'timer';
      const wakeAt = isTimer ? this.now + 1 + this.pick(30_000) : null;
      const waitingFor = isTimer ? 'timer' : 'person';
      return this.tell({ kind: 'attemptWaits', task, attempt, waitingFor, wakeAt, wait: { result: 1 } });
    }
    const effect = outcome === 'failWithoutEffect' ? 'none' : 'unknown';
    if (effect === 'none') this.inDoubt.delete(task);
    const failure = aFailure({ retryable: outcome !== 'failFinally', effect });
    this.tell({ kind: 'attemptFailed', task, attempt, failure });
  }

  private isDecided(task: number): boolean {
    return this.signals.some(({ body }) => 'task' in body && body.task === task);
  }

  private decide(task: number): void {
    const { outcomes } = this.script[task] as ScriptedTask;
    const { failedAttempts } = this.rows[task] as StoredTask;
    const kind = outcomes[Math.min(failedAttempts, outcomes.length - 1)] === 'approve' ? 'approve' : 'reject';
    this.send({ kind, task, by: 'ada', comment: null });
  }

  private cancel(): void {
    this.cancelled = true;
    this.send({ kind: 'cancel', by: 'ada' });
  }

  private send(body: SignalBody): void {
    const signal = { body, applied: false };
    this.signals.push(signal);
    this.feed({ kind: 'signal', signal: body }, signal);
  }

  private passTime(wakeAt: number): void {
    this.now = Math.max(this.now, wakeAt);
    this.tell({ kind: 'timeReached' });
  }

  private checkState(state: RunState): void {
    const all = [...state.tasks.entries()].map(([, task]) => task);
    const count = (status: string): number => all.filter((task) => task.status === status).length;
    const recount = {
      open: all.filter(({ status }) => !TERMINAL.has(status)).length,
      ready: count('ready'),
      running: count('running'),
      waiting: count('waiting'),
    };
    must(JSON.stringify(state.counts) === JSON.stringify(recount), 'the counts are not what is there');
    // Once the run fails or has ended nothing is released any more.
    if (state.failing !== null || state.end !== null) return;
    for (const [index, task] of all.entries()) {
      const open = (this.script[index] as ScriptedTask).dependencies.filter(
        (dependency) => !TERMINAL.has(all[dependency]?.status ?? 'gone'),
      ).length;
      must(
        task.openDependencies === open,
        `t${index} counts ${task.openDependencies} open, there are ${open}`,
      );
    }
  }

  private checkEnd(end: RunEnd): void {
    must(
      this.rows.every(({ status }) => TERMINAL.has(status)),
      `ended with open tasks: ${this.describe()}`,
    );
    const ends = this.events.filter(({ type }) => /^run\.(succeeded|failed|cancelled)$/.test(type));
    must(ends.length === 1 && ends[0] === this.events.at(-1), 'exactly one end, as the last event');
    must(ends[0]?.type === `run.${end.status}`, 'the event says what the run says');
    this.events.forEach(({ sequence }, index) => must(sequence === index + 1, 'events 1..n'));
  }
}

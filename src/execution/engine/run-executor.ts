import { assertNever } from '../../common/assert-never.js';
import type { Definition } from '../../workflows/domain/definition.js';
import { REASONS_TO_ADAPT } from '../adaptation-advisor.port.js';
import { advanceRun } from '../domain/advance-run.js';
import { nextMove, nextWakeAt } from '../domain/next-move.js';
import { readSignal } from '../domain/read-signal.js';
import { restoreRun } from '../domain/restore-run.js';
import type { RunInput } from '../domain/run-input.js';
import type { RunState, Step } from '../domain/run-state.js';
import { StepBuilder } from '../domain/step-builder.js';
import type { ClaimedRun, StoredSignal } from '../engine-store.port.js';
import type { Stored } from './checkpointer.js';
import type { EngineContext } from './engine-context.js';
import { carryOut, type Hands } from './carry-out.js';
import { Probes } from './probes.js';
import { RunResults } from './run-results.js';
import type { AttemptHost } from './attempt-host.js';
import { RunScope } from './run-scope.js';
import { TaskAttempts } from './task-attempts.js';
import { WakeTimer } from './wake-timer.js';

const MAX_FRUITLESS_CLAIMS = 5;

/** How a process stops holding a run. */
export type Departure = 'ended' | 'parked' | 'lost' | 'unstorable' | 'released';

/**
 * Executes one claimed run: feeds what happens to `advanceRun`, has its steps stored, then carries out their
 * commands. It alone writes the run, for as long as the epoch of its claim holds.
 */
export class RunExecutor implements AttemptHost {
  readonly results: RunResults;
  readonly scope: RunScope;
  private readonly attempts: TaskAttempts;
  private readonly probes: Probes;
  private readonly hands: Hands;
  private readonly timer = new WakeTimer(() => this.onTimer());
  private current: RunState;
  private signalSeq: number;
  /** Steps on their way to the database. */
  private unstored = 0;
  private departed = false;
  private parking = false;

  constructor(
    private readonly run: ClaimedRun,
    private readonly engine: EngineContext,
    private readonly onDeparture: (executor: RunExecutor, how: Departure) => void,
  ) {
    this.current = restoreRun(run);
    this.scope = new RunScope(run, engine.traces);
    this.results = new RunResults(run.input, engine.store);
    this.attempts = new TaskAttempts(this, engine);
    this.probes = new Probes(this, engine, this.attempts, () => this.retryParking());
    this.hands = { host: this, attempts: this.attempts, probes: this.probes, report: engine.report };
    this.signalSeq = run.signalSeq;
  }

  get runId(): string {
    return this.run.runId;
  }

  get epoch(): string {
    return this.run.epoch;
  }

  get job(): ClaimedRun['job'] {
    return this.run.job;
  }

  get assisted(): boolean {
    return this.run.assisted;
  }

  get nesting(): number {
    return this.run.nesting;
  }

  get workflowId(): string | null {
    return this.run.workflowId;
  }

  get definition(): Definition {
    return this.run.definition;
  }

  get state(): RunState {
    return this.current;
  }

  get hasDeparted(): boolean {
    return this.departed;
  }

  /** No attempt runs and everything is stored. */
  get isIdle(): boolean {
    return this.attempts.count === 0 && this.probes.count === 0 && this.unstored === 0;
  }

  /** Begins (or goes on with) the run. A cancel that came before the claim goes first: then nothing starts. */
  begin(signals: readonly StoredSignal[]): void {
    const [oldest] = signals;
    if (oldest !== undefined) this.signalSeq = oldest.sequence - 1;
    if (this.run.fruitlessClaims >= MAX_FRUITLESS_CLAIMS) return this.feed({ kind: 'poisoned' });
    const cancel = signals.find(({ kind }) => kind === 'cancel');
    if (cancel !== undefined) return this.applySignals([cancel]);
    const { previousStatus } = this.run;
    const how =
      previousStatus === 'queued' ? 'started' : previousStatus === 'running' ? 'taken-over' : 'resumed';
    if (this.current.deadlineAt !== null) this.timer.set(this.current.deadlineAt);
    this.feed({ kind: 'claimed', how });
    this.feed({ kind: 'timeReached' });
    this.applySignals(signals);
  }

  /** Feeds the signals that were not fed yet, in their order. */
  applySignals(signals: readonly StoredSignal[]): void {
    for (const { sequence, kind, taskId, payload } of signals) {
      if (this.departed || sequence <= this.signalSeq) continue;
      this.signalSeq = sequence;
      const task = this.current.plan.findIndex(({ id }) => id === taskId);
      this.feed({ kind: 'signal', signal: readSignal(kind, task < 0 ? null : task, payload) }, sequence);
    }
  }

  feed(input: RunInput, signal?: number): void {
    if (this.departed) return;
    const step = this.advance(input);
    if (step === null) return;
    this.current = step.state;
    this.setAlarms(step);
    const hasWrites = step.events.length > 0 || step.changedTasks.length > 0 || signal !== undefined;
    if (!hasWrites) return this.afterNothing(step);
    this.unstored += 1;
    void this.engine.checkpointer
      .submit(this.run, step, signal)
      .then((stored) => this.afterStep(step, stored));
  }

  /** A fault of the rules costs the run it meets, not the process with all its runs. */
  private advance(input: RunInput): Step | null {
    try {
      return advanceRun(this.current, input, Date.now());
    } catch (error) {
      this.engine.report(`Run ${this.runId} cannot go on (${input.kind}): ${(error as Error).message}`);
      this.abandon('unstorable');
      return null;
    }
  }

  async stepsStored(): Promise<boolean> {
    if (this.unstored === 0) return !this.departed;
    const nothing = new StepBuilder(this.current, Date.now()).build();
    return (await this.engine.checkpointer.submit(this.run, nothing)) === 'stored' && !this.departed;
  }

  /** Stops executing without a word to the database: another process owns the run, or this one gives it back. */
  abandon(how: Departure): void {
    if (this.departed) return;
    this.departed = true;
    this.timer.clear();
    this.attempts.abort('This process no longer executes the run.');
    this.scope.trace?.close(how, how === 'ended' ? this.current.end : null);
    this.onDeparture(this, how);
  }

  /** With every beat: a run that could not park, for a signal or for the database, tries again, or holds by now. */
  retryParking(): void {
    if (!this.departed && this.unstored === 0) this.makeNextMove();
  }

  /** With the step, not once it is stored: a run of which some step is always on its way would miss its times. */
  private setAlarms({ changedTasks, state }: Step): void {
    for (const index of changedTasks) {
      const { wakeAt } = state.tasks.get(index);
      if (wakeAt !== null) this.timer.set(wakeAt);
    }
  }

  private afterNothing({ commands }: Step): void {
    carryOut(commands, this.hands);
    if (!this.departed && this.unstored === 0) this.makeNextMove();
  }

  private afterStep(step: Step, stored: Stored): void {
    this.unstored -= 1;
    if (this.departed) return;
    if (stored !== 'stored') return this.abandon(stored);
    carryOut(step.commands, this.hands);
    if (this.assisted) this.tellAdvisor(step);
    if (this.unstored === 0) this.makeNextMove();
  }

  /** Of a run that goes on: what may be a reason to change its rest. */
  private tellAdvisor({ events, state }: Step): void {
    if (state.end !== null || state.failing !== null || state.compensating !== null) return;
    const { runId, workflowId } = this;
    const { adaptationAdvisor } = this.engine.services;
    for (const { type, taskId = null, data } of events)
      if (REASONS_TO_ADAPT.has(type))
        this.scope.inRun(() => adaptationAdvisor.notice({ runId, workflowId, type, taskId, data }));
  }

  private makeNextMove(): void {
    // What a probe finds out comes first; it looks again afterwards.
    if (this.probes.count > 0) return;
    const move = nextMove(this.current, Date.now());
    switch (move.kind) {
      case 'release':
        return this.abandon('ended');
      case 'park':
        return void this.park(move.wakeAt);
      case 'hold':
        return this.timer.set(move.wakeAt);
      case 'work': {
        const due = nextWakeAt(this.current);
        return due === null ? undefined : this.timer.set(due);
      }
      default:
        return assertNever(move);
    }
  }

  private onTimer(): void {
    this.feed({ kind: 'timeReached' });
    if (this.departed) return;
    const due = nextWakeAt(this.current);
    if (due !== null) this.timer.set(due);
    if (this.unstored === 0) this.makeNextMove();
  }

  private async park(wakeAt: number | null): Promise<void> {
    if (this.parking) return;
    this.parking = true;
    this.timer.clear();
    const { runId, epoch, signalSeq } = this;
    try {
      if (await this.engine.store.park({ runId, epoch, signalSeq, wakeAt })) return this.abandon('parked');
      await this.engine.readInbox([runId]);
    } catch (error) {
      // The next beat learns whether it parked after all, and tries again when it did not.
      this.engine.report(`Run ${runId} could not park: ${(error as Error).message}`);
    } finally {
      this.parking = false;
    }
  }
}

import { nextMove, nextWakeAt } from '../../src/execution/domain/next-move.js';
import type { RunEnd, RunState, Step } from '../../src/execution/domain/run-state.js';
import type { StoredTask } from '../factories/run.factory.js';
import { AttemptStarts } from './attempt-starts.js';
import { CommittedRun } from './committed-run.js';
import { RecoveryCommands } from './recovery-commands.js';
import { RunOwner } from './run-owner.js';
import { RunPeople } from './run-people.js';
import { checkEnd, checkState, must } from './run-rules.js';
import type { ScriptedTask } from './run-script.js';
import { RunningAttempts } from './running-attempts.js';

type Move = () => void;

/**
 * A run with the shell around it, simulated: steps wait to be committed and are lost in a crash, commands are carried
 * out when their step is committed, attempts end in any order, old answers come again, signals come at any time, time
 * jumps. Checks after every move what must always hold.
 */
export class RunWorld {
  private readonly owner = new RunOwner();
  private readonly committed: CommittedRun;
  private readonly running: RunningAttempts;
  private readonly starts: AttemptStarts;
  private readonly recoveries: RecoveryCommands;
  private readonly people: RunPeople;
  private crashes = 0;
  private outputWanted = false;

  constructor(
    private readonly script: readonly ScriptedTask[],
    deadlineAt: number | null,
    private readonly pick: (below: number) => number,
    private readonly isWild = false,
  ) {
    const { owner } = this;
    const chance = { pick, isWild };
    const committed = (this.committed = new CommittedRun(script, deadlineAt, owner.now));
    const running = (this.running = new RunningAttempts(script, committed, owner, chance));
    this.starts = new AttemptStarts(script, committed, owner, running, pick);
    this.recoveries = new RecoveryCommands(committed, owner, pick);
    this.people = new RunPeople(script, committed, owner, running, chance);
  }

  get now(): number {
    return this.owner.now;
  }

  get rows(): readonly StoredTask[] {
    return this.committed.rows;
  }

  get end(): RunEnd | null {
    return this.committed.end;
  }

  get cancelled(): boolean {
    return this.people.cancelled;
  }

  /** Kinds of signals that were sent. */
  get sent(): ReadonlySet<string> {
    return new Set(this.committed.signals.map(({ body }) => body.kind));
  }

  /** Turns until the run has ended; `chaos` moves may crash, repeat and cancel, later ones only go on. */
  turn(chaos: number, oneCrashIn = 40): void {
    const bound = chaos + 80 * this.script.length + 800;
    for (let move = 0; this.end === null; move += 1) {
      must(move < bound, `it has not ended after ${bound} moves`);
      if (move < chaos && this.pick(oneCrashIn) === 0) this.crash();
      this.move(move < chaos);
      if (this.owner.state !== null) checkState(this.owner.state);
    }
    checkEnd(this.end, this.rows, this.committed.events, this.script);
  }

  private move(isChaos: boolean): void {
    const { owner } = this;
    if (owner.state === null) return this.claim();
    const moves = [...this.movesOfRun(), ...this.movesOfPeople(owner.state)];
    if (isChaos) moves.push(...this.accidents());
    const wakeAt = nextWakeAt(owner.state);
    if (wakeAt !== null && !owner.state.paused && (moves.length === 0 || this.pick(10) === 0))
      moves.push(() => this.passTime(wakeAt));
    must(moves.length > 0, `nothing can go on: ${this.rows.map(({ status }) => status).join(' ')}`);
    (moves[this.pick(moves.length)] as Move)();
    if (owner.state !== null && !owner.hasUncommitted && this.pick(3) === 0) this.mayPark(owner.state);
  }

  /** What goes on without anybody. */
  private movesOfRun(): Move[] {
    const { desk } = this.committed;
    const moves: Move[] = [];
    if (this.owner.hasUncommitted) moves.push(() => this.commit());
    if (!this.starts.isEmpty) moves.push(() => this.starts.startOne());
    if (!this.running.isEmpty) moves.push(() => this.running.finishOne());
    if (!this.recoveries.isEmpty) moves.push(() => this.recoveries.carryOutOne());
    if (desk.hasQuestions) moves.push(() => desk.answerOne(this.committed, this.pick));
    if (desk.hasAnswers) moves.push(() => this.starts.hearOfPermit());
    const [waitsForPermit] = desk.waiting;
    if (waitsForPermit !== undefined && (moves.length === 0 || this.pick(4) === 0))
      moves.push(() => this.grantPermit(waitsForPermit));
    if (this.outputWanted) moves.push(() => this.owner.tell({ kind: 'outputResolved', output: '{}' }));
    return moves;
  }

  /** What waits for people. */
  private movesOfPeople({ paused }: RunState): Move[] {
    const moves: Move[] = [];
    const waiting = this.committed.findUndecided(({ waitingFor }) => waitingFor === 'person');
    if (waiting >= 0) moves.push(() => this.people.decide(waiting));
    const doubtful = this.committed.findUndecided(({ status }) => status === 'unknown');
    if (doubtful >= 0) moves.push(() => this.people.settleDoubt(doubtful));
    if (paused && this.isSettled) moves.push(() => this.people.resume());
    return moves;
  }

  private accidents(): Move[] {
    const moves: Move[] = [];
    if (this.isWild && this.pick(30) === 0) moves.push(() => this.people.interfere());
    if (this.owner.hasTold && this.pick(8) === 0) moves.push(() => this.owner.repeatOne(this.pick));
    if (!this.cancelled && this.pick(400) === 0) moves.push(() => this.people.cancel());
    return moves;
  }

  /** Nothing is under way, so that only a person can go on. */
  private get isSettled(): boolean {
    return !this.owner.hasUncommitted && this.running.isEmpty && this.recoveries.isEmpty;
  }

  private claim(): void {
    this.owner.state = this.committed.claim();
    this.owner.tell({ kind: 'claimed', how: this.crashes === 0 ? 'started' : 'taken-over' });
    this.owner.tell({ kind: 'timeReached' });
    for (const signal of this.committed.signals) if (!signal.applied) this.owner.hear(signal);
  }

  private crash(): void {
    this.crashes += 1;
    this.forget();
  }

  /** The owner is gone: what is not committed is lost. */
  private forget(): void {
    this.owner.forget();
    this.starts.forget();
    this.running.forget();
    this.recoveries.forget();
    this.outputWanted = false;
  }

  private mayPark(state: RunState): void {
    if (nextMove(state, this.now).kind !== 'park') return;
    must(
      this.running.isEmpty && state.counts.recovering === 0 && (state.paused || !this.starts.canGoOn(state)),
      'it parks while something can go on',
    );
    this.committed.park(this.now);
    this.forget();
    // Somebody decides, or its wake time comes; then it is claimed again.
    if (this.rows.every(({ waitingFor, status }) => waitingFor !== 'person' && status !== 'unknown'))
      this.owner.now = Math.max(this.now, nextWakeAt(state) ?? 0);
  }

  private commit(): void {
    const steps = this.owner.takeSteps(this.pick);
    for (const { step, signal } of steps) this.committed.store(step, signal);
    for (const { step } of steps) this.carryOut(step);
    for (const { step } of steps) this.starts.askAfter(step);
    this.running.callStored();
    if (this.end !== null) this.forget();
  }

  private carryOut(step: Step): void {
    for (const command of step.commands) {
      if (command.kind === 'startAttempt') this.starts.add(command.task);
      if (command.kind === 'resolveOutput') this.outputWanted = true;
      if (command.kind === 'abortAttempts') this.running.abortAll();
      if (command.kind === 'abortAttempt') this.running.abort(command.task);
      if (command.kind === 'adviseRecovery' || command.kind === 'applyRecovery') this.recoveries.add(command);
    }
  }

  /** Another run gave a permit back. */
  private grantPermit(task: number): void {
    const permit = this.committed.desk.permits.get(task);
    if (permit === undefined) return;
    permit.isHeld = true;
    const body = { kind: 'permit', task, by: 'agent', agentId: permit.agentId ?? '' } as const;
    this.owner.hear(this.committed.receive(body));
  }

  private passTime(wakeAt: number): void {
    this.owner.now = Math.max(this.now, wakeAt);
    this.owner.tell({ kind: 'timeReached' });
  }
}

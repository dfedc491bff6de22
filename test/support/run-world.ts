import { advanceRun } from '../../src/execution/domain/advance-run.js';
import { nextMove, nextWakeAt } from '../../src/execution/domain/next-move.js';
import { restoreRun } from '../../src/execution/domain/restore-run.js';
import type { RunEvent } from '../../src/execution/domain/run-event.js';
import type { RunInput, SignalBody } from '../../src/execution/domain/run-input.js';
import type { RecoveryAction } from '../../src/execution/domain/proposal.js';
import type { Command, RunEnd, RunState, Step } from '../../src/execution/domain/run-state.js';
import type { RunStatus } from '../../src/execution/domain/status.js';
import { aTask } from '../factories/definition.factory.js';
import { aFailure, aStoredTask, type StoredTask } from '../factories/run.factory.js';
import { ACTIONS, type ScriptedOutcome, type ScriptedTask, SPAWNED } from './run-script.js';
import { PermitDesk, type Question } from './permit-desk.js';
import { checkEnd, checkState, must, TERMINAL } from './run-rules.js';

interface Signal {
  readonly body: SignalBody;
  applied: boolean;
}

/** Its state: a later step that changes it throws. */
function frozen({ state, changedTasks }: Step): RunState {
  for (const task of changedTasks) Object.freeze(state.tasks.get(task));
  Object.freeze(state.counts);
  return Object.freeze(state);
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
  /** As the run's row says. */
  private status: RunStatus = 'running';
  private reason: string | null = null;
  /** Kinds of signals that were sent. */
  readonly sent = new Set<string>();
  private eventCount = 1;
  private readonly signals: Signal[] = [];
  private state: RunState | null = null;
  private uncommitted: { step: Step; signal: Signal | undefined }[] = [];
  private starts: number[] = [];
  /** Attempts whose start has to be committed before their handler is called. */
  private held: number[] = [];
  private running: { task: number; attempt: number; outcome: ScriptedOutcome }[] = [];
  private outputWanted = false;
  /** Failed attempts to ask about, and proposals to apply. */
  private advices: Extract<Command, { kind: 'adviseRecovery' | 'applyRecovery' }>[] = [];
  private told: RunInput[] = [];
  private readonly inDoubt = new Set<number>();
  private readonly desk = new PermitDesk();
  /** Questions for permits that wait until every step before them is stored. */
  private unasked: { question: Question; after: Step | undefined }[] = [];
  /** Every claim raises it; a run that is parked has no owner. */
  private epoch = 0;
  private readonly definition;

  constructor(
    private readonly script: readonly ScriptedTask[],
    private readonly deadlineAt: number | null,
    private readonly pick: (below: number) => number,
    /** People pause, resume, cancel, retry, delegate and spawn tasks, and advisors advise. */
    private readonly isWild = false,
  ) {
    this.definition = {
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
    this.rows = script.map(() => aStoredTask({ agentId: 'agent' }));
  }

  /** Turns until the run has ended; `chaos` moves may crash, repeat and cancel, later ones only go on. */
  turn(chaos: number, oneCrashIn = 40): void {
    const bound = chaos + 80 * this.script.length + 800;
    for (let move = 0; this.end === null; move += 1) {
      must(move < bound, `it has not ended after ${bound} moves`);
      if (move < chaos && this.pick(oneCrashIn) === 0) this.crash();
      this.move(move < chaos);
      if (this.state !== null) checkState(this.state);
    }
    checkEnd(this.end, this.rows, this.events, this.script);
  }

  private move(chaos: boolean): void {
    if (this.state === null) return this.claim();
    const moves: (() => void)[] = [];
    if (this.uncommitted.length > 0) moves.push(() => this.commit());
    if (this.starts.length > 0) moves.push(() => this.startOne());
    if (this.running.length > 0) moves.push(() => this.finishOne());
    if (this.advices.length > 0) moves.push(() => this.recoverOne());
    if (this.desk.hasQuestions) moves.push(() => this.desk.answerOne(this.stored, this.pick));
    if (this.desk.hasAnswers) moves.push(() => this.hearOfPermit());
    const [waitsForPermit] = this.desk.waiting;
    if (waitsForPermit !== undefined && (moves.length === 0 || this.pick(4) === 0))
      moves.push(() => this.grantPermit(waitsForPermit));
    if (this.outputWanted) moves.push(() => this.tell({ kind: 'outputResolved', output: '{}' }));
    const waiting = this.rows.findIndex((row, task) => row.waitingFor === 'person' && !this.isDecided(task));
    if (waiting >= 0) moves.push(() => this.decide(waiting));
    const doubtful = this.rows.findIndex(({ status }, task) => status === 'unknown' && !this.isDecided(task));
    if (doubtful >= 0) moves.push(() => this.settleDoubt(doubtful));
    if (this.state.paused && this.isSettled) moves.push(() => this.send({ kind: 'resume', by: 'ada' }));
    if (chaos && this.isWild && this.pick(30) === 0) moves.push(() => this.interfere());
    if (chaos && this.told.length > 0 && this.pick(8) === 0) moves.push(() => this.repeat());
    if (chaos && !this.cancelled && this.pick(400) === 0) moves.push(() => this.cancel());
    const wakeAt = nextWakeAt(this.state);
    if (wakeAt !== null && !this.state.paused && (moves.length === 0 || this.pick(10) === 0))
      moves.push(() => this.passTime(wakeAt));
    must(moves.length > 0, `nothing can go on: ${this.describe()}`);
    (moves[this.pick(moves.length)] as () => void)();
    if (this.state !== null && this.uncommitted.length === 0 && this.pick(3) === 0) this.mayPark(this.state);
  }

  private describe(): string {
    return this.rows.map(({ status }) => status).join(' ');
  }

  private get stored() {
    return { epoch: this.epoch, isPaused: this.status === 'paused', rows: this.rows };
  }

  private claim(): void {
    const { eventCount, deadlineAt, definition } = this;
    const tasks = this.rows.map((row, task) => {
      const permit = this.desk.permits.get(task);
      return { ...row, permit: permit === undefined ? null : permit.isHeld ? 'held' : 'awaited' } as const;
    });
    this.epoch += 1;
    this.state = restoreRun({
      runId: 'run',
      definition,
      eventCount,
      deadlineAt,
      previousStatus: this.status,
      reason: this.reason,
      tasks,
    });
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
    this.advices = [];
    this.desk.forget();
    this.unasked = [];
  }

  private mayPark(state: RunState): void {
    if (nextMove(state, this.now).kind !== 'park') return;
    const startable = this.starts.filter((task) => {
      const { status, permit } = state.tasks.get(task);
      return status === 'ready' && permit !== 'awaited';
    });
    must(
      this.running.length === 0 && state.counts.recovering === 0 && (startable.length === 0 || state.paused),
      'it parks while something can go on',
    );
    this.epoch += 1;
    this.eventCount += 1;
    this.events.push({ sequence: this.eventCount, type: 'run.parked', at: this.now, data: {} });
    this.forget();
    const wakeAt = nextWakeAt(state);
    // Somebody decides, or its wake time comes; then it is claimed again.
    if (this.rows.every(({ waitingFor, status }) => waitingFor !== 'person' && status !== 'unknown'))
      this.now = Math.max(this.now, wakeAt ?? 0);
  }

  /** Feeds an input; right after it the same input again must change nothing. */
  private tell(input: RunInput): void {
    this.feed(input);
    if (input.kind === 'claimed' || this.state === null) return;
    const before = this.state;
    const again = advanceRun(before, input, this.now);
    must(again.state === before && again.events.length + again.commands.length === 0, `${input.kind} twice`);
    if (!['attemptStarted', 'recoveryProposed', 'permitAsked', 'permitAnswered'].includes(input.kind))
      this.told.push(input);
  }

  private feed(input: RunInput, signal?: Signal): void {
    if (this.state === null) return;
    const step = advanceRun(this.state, input, this.now);
    if (this.state.end !== null) must(step.events.length === 0, 'events after the end');
    this.state = frozen(step);
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
    for (const { step } of steps) this.askAfter(step);
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
    const { changedTasks, addedTasks, reassignedTasks, proposedFor } = step;
    for (const index of addedTasks) this.rows.push(this.newRow(index, step.state));
    for (const index of new Set([...changedTasks, ...reassignedTasks, ...proposedFor]))
      this.storeTask(index, step.state);
    if (step.runStatus !== null) this.status = step.runStatus;
    if (step.runReason !== null) this.reason = step.runReason;
    if (signal !== undefined) signal.applied = true;
    for (const task of step.freedPermits) this.desk.permits.delete(task);
    this.desk.check(this.stored);
    this.end = step.state.end;
  }

  private storeTask(index: number, { tasks, plan }: RunState): void {
    const { openDependencies: _open, openChildren: _children, ...row } = tasks.get(index);
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
      if (command.kind === 'abortAttempt')
        this.running = this.running.filter(({ task }) => task !== command.task);
      if (command.kind === 'adviseRecovery' || command.kind === 'applyRecovery')
        this.carryOutRecovery(command);
    }
  }

  private startOne(): void {
    const [task] = this.starts.splice(this.pick(this.starts.length), 1);
    const { state } = this;
    if (task === undefined || state === null || state.end !== null || state.failing !== null || state.paused)
      return;
    if (state.tasks.get(task).status !== 'ready') return;
    const { entry, effect, isLimited = false } = this.scriptOf(task);
    if (entry === 'skip') return this.tell({ kind: 'conditionFalse', task });
    if (entry === 'startFails') return this.tell({ kind: 'startFailed', task, failure: aFailure() });
    const { permit, agentId } = state.tasks.get(task);
    if (isLimited && permit === 'awaited') return;
    if (isLimited && permit !== 'held') {
      this.tell({ kind: 'permitAsked', task });
      const question = { task, agentId, number: this.desk.begin(task), epoch: this.epoch };
      return void this.unasked.push({ question, after: this.uncommitted.at(-1)?.step });
    }
    must(!isLimited || this.desk.permits.get(task)?.isHeld === true, `t${task} starts without its permit`);
    this.tell({ kind: 'attemptStarted', task, effect });
    if (effect === 'irreversible') this.held.push(task);
    else this.callHandler(task);
  }

  private askAfter(step: Step): void {
    const due = this.unasked.filter(({ after }) => after === step);
    this.unasked = this.unasked.filter(({ after }) => after !== step);
    for (const { question } of due)
      if (this.state?.tasks.get(question.task).permit === 'asked') this.desk.ask(question);
  }

  /** With a permit the attempt goes on where it asked. */
  private hearOfPermit(): void {
    const answer = this.desk.hearOne(this.pick);
    if (answer === null) return;
    const { task, isGranted, isNew } = answer;
    this.tell({ kind: 'permitAnswered', task, isGranted, isNew });
    if (this.state?.tasks.get(task).permit === 'held') this.starts.push(task);
  }

  /** Another run gave a permit back. */
  private grantPermit(task: number): void {
    const permit = this.desk.permits.get(task);
    if (permit === undefined) return;
    permit.isHeld = true;
    this.send({ kind: 'permit', task, by: 'agent', agentId: permit.agentId ?? '' });
  }

  private callHandler(task: number): void {
    const { dependencies, effect, outcomes } = this.scriptOf(task);
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
    const isAdvised = this.isWild && this.pick(2) === 0;
    this.tell({ kind: 'attemptFailed', task, attempt, failure, isAdvised });
  }

  private isDecided(task: number): boolean {
    return this.signals.some(({ body, applied }) => 'task' in body && body.task === task && !applied);
  }

  private decide(task: number): void {
    const { outcomes } = this.scriptOf(task);
    const { failedAttempts, wait } = this.rows[task] as StoredTask;
    if (wait?.['form'] === 'task')
      return this.send({ kind: 'complete', task, by: 'ada', result: { json: '"by hand"' } });
    if (wait?.['form'] === 'recovery')
      return this.send({ kind: this.pick(2) === 0 ? 'retryTask' : 'cancelTask', task, by: 'ada' });
    const kind = outcomes[Math.min(failedAttempts, outcomes.length - 1)] === 'approve' ? 'approve' : 'reject';
    this.send({ kind, task, by: 'ada', comment: null });
  }

  private cancel(): void {
    this.cancelled = true;
    this.send({ kind: 'cancel', by: 'ada' });
  }

  private send(body: SignalBody): void {
    this.sent.add(body.kind);
    const signal = { body, applied: false };
    this.signals.push(signal);
    this.feed({ kind: 'signal', signal: body }, signal);
  }

  private passTime(wakeAt: number): void {
    this.now = Math.max(this.now, wakeAt);
    this.tell({ kind: 'timeReached' });
  }

  /** What the definition says, or the same for every task that was spawned. */
  private scriptOf(task: number): ScriptedTask {
    return this.script[task] ?? SPAWNED;
  }

  /** Nothing is under way, so that only a person can go on. */
  private get isSettled(): boolean {
    return this.uncommitted.length + this.running.length + this.advices.length === 0;
  }

  private newRow(index: number, { plan, tasks }: RunState): StoredTask {
    const { id, parent, added } = plan[index] as RunState['plan'][number];
    const { openDependencies: _open, openChildren: _children, ...row } = tasks.get(index);
    must(index === this.rows.length, 'added tasks come at the end');
    return { ...row, id, added, parentTaskId: parent === null ? null : (plan[parent]?.id ?? null) };
  }

  private carryOutRecovery(command: Extract<Command, { kind: 'adviseRecovery' | 'applyRecovery' }>): void {
    const { proposal, status } = this.rows[command.task] as StoredTask;
    // A step of the same commit has gone on.
    if (status !== 'recovering') return;
    if (command.kind === 'adviseRecovery') must(proposal === null, `t${command.task} is asked about twice`);
    else must(proposal !== null, `the proposal for t${command.task} is not stored`);
    this.advices.push(command);
  }

  private recoverOne(): void {
    const [next] = this.advices.splice(this.pick(this.advices.length), 1);
    if (next === undefined || this.state === null) return;
    const { task } = next;
    const { attempt } = this.state.tasks.get(task);
    if (next.kind === 'applyRecovery') return this.tell({ kind: 'applyRecovery', task, attempt });
    const action = ACTIONS[this.pick(ACTIONS.length)] as RecoveryAction;
    const proposal = { ...action, source: 'test', reason: 'because' };
    this.tell({ kind: 'recoveryProposed', task, attempt, proposal });
  }

  /** The type finds out, or a person says so; tame worlds have only people who say that it failed. */
  private settleDoubt(task: number): void {
    const { attempt } = this.rows[task] as StoredTask;
    const choice = this.isWild ? this.pick(5) : 4;
    if (choice === 0) return this.tell({ kind: 'probedDone', task, attempt, result: { json: '"found"' } });
    if (choice === 1 || choice === 2) this.inDoubt.delete(task);
    if (choice === 1) return this.tell({ kind: 'probedNotDone', task, attempt });
    const outcome = choice === 2 ? 'retry' : choice === 3 ? 'succeeded' : 'failed';
    const result = outcome === 'succeeded' ? { json: '"said"' } : null;
    this.send({ kind: 'resolve', task, by: 'ada', outcome, comment: null, result });
  }

  /** Somebody asks for something, fit or not. */
  private interfere(): void {
    const about = { task: this.pick(this.rows.length), by: 'ada' };
    const kinds = [
      'pause',
      'resume',
      'cancelTask',
      'retryTask',
      'delegate',
      'spawn',
      'approve',
      'resolve',
    ] as const;
    const kind = kinds[this.pick(kinds.length)] as (typeof kinds)[number];
    if (kind === 'pause' || kind === 'resume') return this.send({ kind, by: 'ada' });
    if (kind === 'cancelTask' && this.pick(8) > 0) return;
    if (kind === 'delegate') return this.send({ ...about, kind, toAgentId: 'other' });
    if (kind === 'approve') return this.send({ ...about, kind, comment: null });
    if (kind === 'resolve') {
      if (this.rows[about.task]?.status === 'unknown') return;
      return this.send({ ...about, kind, outcome: 'failed', comment: null, result: null });
    }
    if (kind !== 'spawn') return this.send({ ...about, kind });
    const definition = { taskType: 'test.noop', parameters: {}, optional: this.pick(2) === 0 };
    this.send({ ...about, kind, id: `spawned-${this.signals.length}`, agentId: 'agent', definition });
  }
}

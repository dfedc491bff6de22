import type { Effect } from '../../src/tasks/domain/effect.js';
import { aFailure, type StoredTask } from '../factories/run.factory.js';
import type { CommittedRun } from './committed-run.js';
import type { RunOwner } from './run-owner.js';
import { must, TERMINAL } from './run-rules.js';
import { type Chance, outcomeOf, type ScriptedOutcome, scriptOf, type ScriptedTask } from './run-script.js';

/** Attempts that have started: their handlers are called, and end in any order. */
export class RunningAttempts {
  /** Attempts whose start has to be committed before their handler is called. */
  private held: number[] = [];
  private running: { task: number; attempt: number; outcome: ScriptedOutcome }[] = [];
  /** Irreversible tasks that may have had their effect; a crash does not change that. */
  private readonly inDoubt = new Set<number>();

  constructor(
    private readonly script: readonly ScriptedTask[],
    private readonly committed: CommittedRun,
    private readonly owner: RunOwner,
    private readonly chance: Chance,
  ) {}

  get isEmpty(): boolean {
    return this.running.length === 0;
  }

  begin(task: number, effect: Effect): void {
    if (effect === 'irreversible') this.held.push(task);
    else this.callHandler(task);
  }

  /** Those whose start is committed by now go on. */
  callStored(): void {
    const stored = this.held.filter((task) => this.committed.rows[task]?.status !== 'ready');
    this.held = this.held.filter((task) => !stored.includes(task));
    for (const task of stored) this.callHandler(task);
  }

  finishOne(): void {
    const { pick, isWild } = this.chance;
    const [ended] = this.running.splice(pick(this.running.length), 1);
    if (ended === undefined) return;
    const { task, attempt, outcome } = ended;
    if (outcome === 'succeed')
      return this.owner.tell({ kind: 'attemptSucceeded', task, attempt, result: { json: `"t${task}"` } });
    if (outcome === 'timer' || outcome === 'approve' || outcome === 'reject') {
      const isTimer = outcome === 'timer';
      const wakeAt = isTimer ? this.owner.now + 1 + pick(30_000) : null;
      const waitingFor = isTimer ? 'timer' : 'person';
      return this.owner.tell({
        kind: 'attemptWaits',
        task,
        attempt,
        waitingFor,
        wakeAt,
        wait: { result: 1 },
      });
    }
    const effect = outcome === 'failWithoutEffect' ? 'none' : 'unknown';
    if (effect === 'none') this.clearDoubt(task);
    const failure = aFailure({ retryable: outcome !== 'failFinally', effect });
    const isAdvised = isWild && pick(2) === 0;
    this.owner.tell({ kind: 'attemptFailed', task, attempt, failure, isAdvised });
  }

  abort(task: number): void {
    this.running = this.running.filter((attempt) => attempt.task !== task);
  }

  abortAll(): void {
    this.running = [];
  }

  /** The task had no effect, or somebody says that it may be repeated. */
  clearDoubt(task: number): void {
    this.inDoubt.delete(task);
  }

  /** The owner is gone, and its attempts with it. */
  forget(): void {
    this.held = [];
    this.running = [];
  }

  private callHandler(task: number): void {
    const { rows } = this.committed;
    const scripted = scriptOf(this.script, task);
    // The run may have been changed.
    const { dependencies } = this.owner.state?.plan[task] ?? scripted;
    for (const dependency of dependencies) {
      const { status } = rows[dependency] as StoredTask;
      must(TERMINAL.has(status), `t${task} starts while its dependency t${dependency} is ${status}`);
    }
    const current = this.owner.state?.tasks.get(task);
    if (current?.status !== 'running') return;
    if (scripted.effect === 'irreversible') {
      must(rows[task]?.status === 'running', `the start of irreversible t${task} is not committed`);
      must(!this.inDoubt.has(task), `irreversible t${task} is repeated in doubt`);
      this.inDoubt.add(task);
    }
    const { attempt, failedAttempts } = current;
    this.running.push({ task, attempt, outcome: outcomeOf(scripted, failedAttempts) });
  }
}

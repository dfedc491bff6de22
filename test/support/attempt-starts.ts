import type { RunState, Step } from '../../src/execution/domain/run-state.js';
import { aFailure } from '../factories/run.factory.js';
import type { CommittedRun } from './committed-run.js';
import type { Question } from './permit-desk.js';
import type { RunOwner } from './run-owner.js';
import { must } from './run-rules.js';
import { scriptOf, type ScriptedTask } from './run-script.js';
import type { RunningAttempts } from './running-attempts.js';

/** Attempts that are to start: a condition may skip them, their input may fail, a limited agent needs a permit. */
export class AttemptStarts {
  private starts: number[] = [];
  /** Questions for permits that wait until every step before them is stored. */
  private unasked: { question: Question; after: Step | undefined }[] = [];

  constructor(
    private readonly script: readonly ScriptedTask[],
    private readonly committed: CommittedRun,
    private readonly owner: RunOwner,
    private readonly running: RunningAttempts,
    private readonly pick: (below: number) => number,
  ) {}

  get isEmpty(): boolean {
    return this.starts.length === 0;
  }

  add(task: number): void {
    this.starts.push(task);
  }

  /** One of them needs nothing but its turn. */
  canGoOn({ tasks }: RunState): boolean {
    return this.starts.some((task) => {
      const { status, permit } = tasks.get(task);
      return status === 'ready' && permit !== 'awaited';
    });
  }

  startOne(): void {
    const [task] = this.starts.splice(this.pick(this.starts.length), 1);
    const { state } = this.owner;
    if (task === undefined || state === null || state.end !== null || state.failing !== null || state.paused)
      return;
    const { status, permit, agentId } = state.tasks.get(task);
    if (status !== 'ready') return;
    const { entry, effect, isLimited = false } = scriptOf(this.script, task);
    if (entry === 'skip') return this.owner.tell({ kind: 'conditionFalse', task });
    if (entry === 'startFails') return this.owner.tell({ kind: 'startFailed', task, failure: aFailure() });
    if (isLimited && permit === 'awaited') return;
    if (isLimited && permit !== 'held') return this.wantPermit(task, agentId);
    const isPermitted = !isLimited || this.committed.desk.permits.get(task)?.isHeld === true;
    must(isPermitted, `t${task} starts without its permit`);
    this.owner.tell({ kind: 'attemptStarted', task, effect });
    this.running.begin(task, effect);
  }

  /** The step is stored: what waited for it is asked. */
  askAfter(step: Step): void {
    const due = this.unasked.filter(({ after }) => after === step);
    this.unasked = this.unasked.filter(({ after }) => after !== step);
    for (const { question } of due)
      if (this.owner.state?.tasks.get(question.task).permit === 'asked') this.committed.desk.ask(question);
  }

  /** With a permit the attempt goes on where it asked. */
  hearOfPermit(): void {
    const answer = this.committed.desk.hearOne(this.pick);
    if (answer === null) return;
    const { task, isGranted, isNew } = answer;
    this.owner.tell({ kind: 'permitAnswered', task, isGranted, isNew });
    if (this.owner.state?.tasks.get(task).permit === 'held') this.add(task);
  }

  /** The owner is gone. */
  forget(): void {
    this.starts = [];
    this.unasked = [];
    this.committed.desk.forget();
  }

  private wantPermit(task: number, agentId: string | null): void {
    const { desk, epoch } = this.committed;
    this.owner.tell({ kind: 'permitAsked', task });
    const question = { task, agentId, number: desk.begin(task), epoch };
    this.unasked.push({ question, after: this.owner.lastUncommitted });
  }
}

import { advanceRun } from '../../src/execution/domain/advance-run.js';
import type { RunInput } from '../../src/execution/domain/run-input.js';
import type { RunState, Step } from '../../src/execution/domain/run-state.js';
import type { Signal } from './committed-run.js';
import { must } from './run-rules.js';

interface UncommittedStep {
  readonly step: Step;
  /** Applied once the step is stored. */
  readonly signal: Signal | undefined;
}

/** Its state: a later step that changes it throws. */
function frozen({ state, changedTasks }: Step): RunState {
  for (const task of changedTasks) Object.freeze(state.tasks.get(task));
  Object.freeze(state.counts);
  return Object.freeze(state);
}

/** Whoever owns the run, one after the other: feeds it inputs. What is not committed is lost with its owner. */
export class RunOwner {
  /** As the clock says. */
  now = 1_800_000_000_000;
  /** Null while the run has no owner. */
  state: RunState | null = null;
  private uncommitted: UncommittedStep[] = [];
  private told: RunInput[] = [];

  get hasUncommitted(): boolean {
    return this.uncommitted.length > 0;
  }

  get hasTold(): boolean {
    return this.told.length > 0;
  }

  get lastUncommitted(): Step | undefined {
    return this.uncommitted.at(-1)?.step;
  }

  /** Feeds an input; right after it the same input again must change nothing. */
  tell(input: RunInput): void {
    this.feed(input);
    if (input.kind === 'claimed' || this.state === null) return;
    this.mustIgnore(input, `${input.kind} twice`);
    if (!['attemptStarted', 'recoveryProposed', 'permitAsked', 'permitAnswered'].includes(input.kind))
      this.told.push(input);
  }

  /** Without an owner nobody does; the next one hears it when it claims the run. */
  hear(signal: Signal): void {
    this.feed({ kind: 'signal', signal: signal.body }, signal);
  }

  /** An old answer, or another answer to an old attempt, comes late. */
  repeatOne(pick: (below: number) => number): void {
    const input = this.told[pick(this.told.length)] as RunInput;
    const late: RunInput =
      input.kind === 'attemptFailed' && pick(2) === 0
        ? { kind: 'attemptSucceeded', task: input.task, attempt: input.attempt, result: { json: '"late"' } }
        : input;
    if (late.kind !== 'timeReached') this.mustIgnore(late, `a late ${late.kind}`);
  }

  /** The oldest steps, to be committed together. */
  takeSteps(pick: (below: number) => number): UncommittedStep[] {
    return this.uncommitted.splice(0, 1 + pick(this.uncommitted.length));
  }

  /** The owner is gone. */
  forget(): void {
    this.state = null;
    this.uncommitted = [];
    this.told = [];
  }

  private feed(input: RunInput, signal?: Signal): void {
    if (this.state === null) return;
    const step = advanceRun(this.state, input, this.now);
    if (this.state.end !== null) must(step.events.length === 0, 'events after the end');
    this.state = frozen(step);
    this.uncommitted.push({ step, signal });
  }

  private mustIgnore(input: RunInput, what: string): void {
    if (this.state === null) return;
    const { state, events, commands } = advanceRun(this.state, input, this.now);
    must(state === this.state && events.length + commands.length === 0, what);
  }
}

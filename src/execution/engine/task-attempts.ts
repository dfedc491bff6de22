import { TaskError, toFailure } from '../../tasks/domain/task-error.js';
import type { TaskOutcome } from '../../tasks/domain/task-outcome.js';
import type { Definition, TaskDefinition } from '../../workflows/domain/definition.js';
import { readOutcome } from '../domain/read-outcome.js';
import type { RunInput } from '../domain/run-input.js';
import type { RunState, TaskPlan } from '../domain/run-state.js';
import type { EngineContext } from './engine-context.js';
import { persistently } from './persistently.js';
import { prepareAttempt, type Prepared } from './prepare-attempt.js';
import { runAttempt } from './run-attempt.js';
import type { RunResults } from './run-results.js';

/** Time limit of an attempt when neither the task nor its type names one. */
const DEFAULT_TIMEOUT_SECONDS = 300;

/** The run whose attempts these are, as its executor shows it. */
export interface AttemptHost {
  readonly runId: string;
  readonly epoch: string;
  readonly definition: Definition;
  readonly results: RunResults;
  readonly state: RunState;
  readonly hasDeparted: boolean;
  feed(input: RunInput): void;
  /** Resolves when every step so far is stored; false when the run is no longer ours. */
  stepsStored(): Promise<boolean>;
}

type Startable = Extract<Prepared, { kind: 'start' }>;

/** The attempts of one run: from a free slot over references and handler to what the engine is told. */
export class TaskAttempts {
  private readonly running = new Map<number, AbortController>();

  constructor(
    private readonly host: AttemptHost,
    private readonly engine: EngineContext,
  ) {}

  get count(): number {
    return this.running.size;
  }

  /** Attempts a ready task as soon as a slot is free. */
  request(task: number): void {
    this.engine.slots.request(this.plan(task).priority, () => {
      void this.attempt(task).finally(() => this.engine.slots.release());
    });
  }

  /** Ends what runs; late answers are dropped. */
  abort(why: string): void {
    const reason = new TaskError({ code: 'aborted', class: 'transient', message: why });
    for (const controller of this.running.values()) controller.abort(reason);
    this.running.clear();
  }

  private plan(task: number): TaskPlan {
    return this.host.state.plan[task] as TaskPlan;
  }

  private canStart(task: number): boolean {
    const { state, hasDeparted } = this.host;
    return (
      !hasDeparted && state.end === null && state.failing === null && state.tasks.get(task).status === 'ready'
    );
  }

  /** Holds a slot, never a transaction. */
  private async attempt(task: number): Promise<void> {
    if (!this.canStart(task)) return;
    const prepared = await this.prepare(task);
    if (!this.canStart(task)) return;
    if (prepared.kind === 'skip') return this.host.feed({ kind: 'conditionFalse', task });
    if (prepared.kind === 'fail')
      return this.host.feed({ kind: 'startFailed', task, failure: prepared.failure });
    this.host.feed({ kind: 'attemptStarted', task, effect: prepared.effect });
    await this.execute(task, this.host.state.tasks.get(task).attempt, prepared);
  }

  private async prepare(task: number): Promise<Prepared> {
    const { definition, results } = this.host;
    const { parameters, when, taskType } = definition.tasks[task] as TaskDefinition;
    try {
      const scope = await this.untilRead(() =>
        results.scopeFor(this.host.state, { parameters, when: when?.value ?? null }),
      );
      return prepareAttempt(
        definition.tasks[task] as TaskDefinition,
        this.engine.taskTypes.find(taskType),
        scope,
      );
    } catch (error) {
      return { kind: 'fail', failure: toFailure(error) };
    }
  }

  private async execute(task: number, attempt: number, prepared: Startable): Promise<void> {
    const controller = new AbortController();
    this.running.set(task, controller);
    try {
      // What cannot be undone starts only when its start is on record.
      if (prepared.effect === 'irreversible' && !(await this.host.stepsStored())) return;
      await this.finish(task, attempt, await this.callHandler(task, attempt, prepared, controller));
    } catch (error) {
      this.host.feed({ kind: 'attemptFailed', task, attempt, failure: toFailure(error) });
    } finally {
      if (this.running.get(task) === controller) this.running.delete(task);
    }
  }

  private callHandler(
    task: number,
    attempt: number,
    { type, parameters }: Startable,
    controller: AbortController,
  ): Promise<TaskOutcome<unknown>> {
    const { taskId, id } = this.plan(task);
    const { timeoutSeconds } = this.host.definition.tasks[task] as TaskDefinition;
    return runAttempt({
      handler: type.handler,
      parameters,
      context: { runId: this.host.runId, taskId, attempt, idempotencyKey: id },
      timeoutSeconds: timeoutSeconds ?? type.defaultTimeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS,
      controller,
    });
  }

  private async finish(task: number, attempt: number, outcome: TaskOutcome<unknown>): Promise<void> {
    const read = readOutcome(outcome);
    if (read.kind === 'unfit')
      return this.host.feed({ kind: 'attemptFailed', task, attempt, failure: read.failure });
    if (read.kind === 'waits') return this.host.feed({ ...read, kind: 'attemptWaits', task, attempt });
    if (read.isLarge) {
      await this.untilRead(() => this.engine.store.savePayload(this.host, this.plan(task).id, read.json));
    }
    const result = read.isLarge ? ({ payload: true } as const) : { json: read.json };
    this.host.feed({ kind: 'attemptSucceeded', task, attempt, result });
  }

  /** What the database must answer before the attempt goes on, however long it is away. */
  private untilRead<T>(work: () => T | Promise<T>): Promise<T> {
    return persistently(async () => work(), {
      givenUp: () => this.host.hasDeparted,
      report: (message) => this.engine.report(message),
      what: `A large result of run ${this.host.runId}`,
    });
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonValue } from '../../common/json.js';
import { currentSpan, failSpan } from '../../common/tracing/in-span.js';
import { runSpanContext } from '../../common/tracing/run-trace-ids.js';
import { classifyFailure } from '../../tasks/domain/classify-failure.js';
import { TaskError, type TaskFailure, toFailure } from '../../tasks/domain/task-error.js';
import type { TaskOutcome } from '../../tasks/domain/task-outcome.js';
import type { TaskDefinition } from '../../workflows/domain/definition.js';
import type { OnBudgetExhausted } from '../../workflows/workflow.js';
import { readOutcome } from '../domain/read-outcome.js';
import type { TaskPlan } from '../domain/run-state.js';
import { currentDefinition } from '../domain/task-plan.js';
import type { TracedAttempt } from '../traces/run-trace.js';
import { attemptContext } from './attempt-context.js';
import type { AttemptHost } from './attempt-host.js';
import type { EngineContext } from './engine-context.js';
import { PermitQuestions } from './permit-questions.js';
import { persistently } from './persistently.js';
import { prepareAttempt, type Prepared } from './prepare-attempt.js';
import { runAttempt } from './run-attempt.js';
import { Recoveries } from './recoveries.js';

/** Time limit of an attempt when neither the task nor its type names one. */
const DEFAULT_TIMEOUT_SECONDS = 300;

/** How long an attempt that was aborted may take to end before the next one begins. */
const ABORT_GRACE_MS = 5_000;

const noop = (): void => undefined;

const aborted = (why: string): TaskError =>
  new TaskError({ code: 'aborted', class: 'transient', message: why });

type Startable = Extract<Prepared, { kind: 'start' }>;

/** The attempts of one run: from a free slot over references and handler to what the engine is told. */
export class TaskAttempts {
  readonly recoveries: Recoveries;
  private readonly permits: PermitQuestions;
  private readonly running = new Map<number, AbortController>();
  /** Handlers that were told to end and have not yet. */
  private readonly ending = new Map<number, Promise<unknown>>();
  private readonly working = new Map<number, Promise<unknown>>();

  constructor(
    private readonly host: AttemptHost,
    private readonly engine: EngineContext,
  ) {
    this.recoveries = new Recoveries(host, engine);
    this.permits = new PermitQuestions(host, engine);
  }

  get count(): number {
    return this.running.size;
  }

  /** Attempts a ready task as soon as a slot is free. */
  request(task: number): void {
    const earlier = this.ending.get(task);
    if (earlier === undefined) return this.requestSlot(task);
    void Promise.race([earlier, sleep(ABORT_GRACE_MS, undefined, { ref: false })]).then(() => {
      this.ending.delete(task);
      this.requestSlot(task);
    });
  }

  private requestSlot(task: number): void {
    this.engine.slots.request(this.plan(task).priority, () => {
      const { scope, state } = this.host;
      void scope.inTask(state, task, () => this.attempt(task)).finally(() => this.engine.slots.release());
    });
  }

  /** Ends the attempt of one task; the next one begins when this has ended, or a few seconds later. */
  abortOne(task: number, why: string): void {
    const controller = this.running.get(task);
    const work = this.working.get(task);
    if (controller === undefined) return;
    this.running.delete(task);
    if (work !== undefined) this.ending.set(task, work);
    controller.abort(aborted(why));
  }

  /** Ends what runs; late answers are dropped. */
  abort(why: string): void {
    const reason = aborted(why);
    for (const controller of this.running.values()) controller.abort(reason);
    this.running.clear();
  }

  private plan(task: number): TaskPlan {
    return this.host.state.plan[task] as TaskPlan;
  }

  private definition(task: number): TaskDefinition {
    return currentDefinition(this.host.definition, this.host.state, task);
  }

  private canStart(task: number): boolean {
    const { state, hasDeparted } = this.host;
    return (
      !hasDeparted &&
      state.end === null &&
      state.failing === null &&
      !state.paused &&
      state.tasks.get(task).status === 'ready'
    );
  }

  /** Holds a slot, never a transaction. */
  private async attempt(task: number): Promise<void> {
    if (!this.canStart(task)) return;
    const prepared = await this.prepare(task);
    if (!this.canStart(task)) return;
    if (prepared.kind === 'skip') return this.host.feed({ kind: 'conditionFalse', task });
    if (prepared.kind === 'fail') {
      this.host.scope.trace?.refused(this.traced(task, null), prepared.failure.code);
      return this.host.feed({ kind: 'startFailed', task, failure: prepared.failure });
    }
    if (this.permits.isNeeded(task) && !((await this.permits.take(task)) && this.canStart(task))) return;
    this.host.feed({ kind: 'attemptStarted', task, effect: prepared.effect });
    const { attempt } = this.host.state.tasks.get(task);
    const { trace } = this.host.scope;
    if (trace === null) return this.execute(task, attempt, prepared);
    const traced = this.traced(task, prepared.parameters);
    return trace.attempt(traced, () => this.execute(task, attempt, prepared));
  }

  private traced(task: number, parameters: unknown): TracedAttempt {
    const { id, taskId } = this.plan(task);
    const { agentId, attempt } = this.host.state.tasks.get(task);
    return { id, taskId, taskType: this.definition(task).taskType, agentId, attempt, parameters };
  }

  /** What the next attempt of a task would execute. */
  async prepare(task: number): Promise<Prepared> {
    const { results } = this.host;
    const definition = this.definition(task);
    const { parameters, when, taskType } = definition;
    try {
      const scope = await this.untilRead(() =>
        results.scopeFor(this.host.state, { parameters, when: when?.value ?? null }),
      );
      return prepareAttempt(definition, this.engine.services.taskTypes.find(taskType), scope);
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
      await this.failed(task, attempt, classifyFailure(toFailure(error), prepared.type.errors));
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
    const { timeoutSeconds } = this.definition(task);
    return runAttempt({
      execute: (context) => this.track(task, type.handler.execute(parameters, context)),
      context: attemptContext(this.host, task, attempt),
      timeoutSeconds: timeoutSeconds ?? type.defaultTimeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS,
      controller,
    });
  }

  private async finish(task: number, attempt: number, outcome: TaskOutcome<unknown>): Promise<void> {
    const read = readOutcome(outcome);
    this.host.scope.trace?.outcome(read.kind, outcome);
    if (read.kind === 'unfit') return this.failed(task, attempt, read.failure);
    if (read.kind === 'childRun') return this.becomeRun(task, attempt, read);
    if (read.kind === 'waits') return this.host.feed({ ...read, kind: 'attemptWaits', task, attempt });
    if (read.isLarge) {
      await this.untilRead(() => this.engine.store.savePayload(this.host, this.plan(task).id, read.json));
    }
    const result = read.isLarge ? ({ payload: true } as const) : { json: read.json };
    const note = read.note === undefined ? {} : { note: read.note };
    this.host.feed({ kind: 'attemptSucceeded', task, attempt, result, ...note });
  }

  private async becomeRun(
    task: number,
    attempt: number,
    { workflowId, input }: { readonly workflowId: string; readonly input: JsonValue },
  ): Promise<void> {
    const { runId, assisted, nesting } = this.host;
    const parent = { runId, taskId: this.plan(task).id, attempt };
    const asked = { workflowId, input, assisted, nesting: nesting + 1, parent };
    const child = await this.untilRead(() => this.engine.services.children.prepare(asked));
    currentSpan()?.addLink({ context: runSpanContext(child.id) });
    this.host.feed({ kind: 'attemptBecomesRun', task, attempt, child });
  }

  private async failed(task: number, attempt: number, failure: TaskFailure): Promise<void> {
    failSpan(currentSpan(), failure.code);
    const onBudget = failure.class === 'budget' ? await this.onBudgetExhausted() : 'twin';
    const isAdvised =
      !this.host.hasDeparted && onBudget === 'twin' && this.recoveries.isAdvised(task, failure);
    const input = { kind: 'attemptFailed', task, attempt, failure, isAdvised } as const;
    this.host.feed(onBudget === 'twin' ? input : { ...input, onBudget });
  }

  private onBudgetExhausted(): Promise<OnBudgetExhausted> {
    const { workflowId } = this.host;
    if (workflowId === null) return Promise.resolve('twin');
    return this.untilRead(() => this.engine.services.onBudgetExhausted(workflowId));
  }

  /** Remembers a handler until it has ended, which may be long after its abort. */
  private track<T>(task: number, work: T | Promise<T>): Promise<T> {
    const promise = Promise.resolve(work);
    const ended = promise.then(noop, noop);
    this.working.set(task, ended);
    void ended.then(() => {
      if (this.working.get(task) === ended) this.working.delete(task);
    });
    return promise;
  }

  /** What the database must answer before the attempt goes on, however long it is away. */
  private untilRead<T>(work: () => T | Promise<T>): Promise<T> {
    return persistently(async () => work(), {
      givenUp: () => this.host.hasDeparted,
      report: (message) => this.engine.report(message),
      what: `Reading for run ${this.host.runId}`,
    });
  }
}

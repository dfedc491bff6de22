import type { ProbeAnswer } from '../../tasks/domain/task-outcome.js';
import { encodeResult } from '../domain/encode-result.js';
import type { TaskPlan } from '../domain/run-state.js';
import { attemptContext } from './attempt-context.js';
import type { AttemptHost } from './attempt-host.js';
import type { EngineContext } from './engine-context.js';
import type { TaskAttempts } from './task-attempts.js';

const TIME_LIMIT_MS = 60_000;

/** Asks task types what became of attempts in doubt. */
export class Probes {
  private open = 0;

  constructor(
    private readonly host: AttemptHost,
    private readonly engine: EngineContext,
    private readonly attempts: TaskAttempts,
    private readonly onEnd: () => void,
  ) {}

  /** Probes under way. */
  get count(): number {
    return this.open;
  }

  async probe(task: number): Promise<void> {
    this.open += 1;
    try {
      await this.ask(task);
    } catch (error) {
      const { taskId } = this.plan(task);
      this.engine.report(
        `Task ${taskId} of run ${this.host.runId} stays unknown: ${(error as Error).message}`,
      );
    } finally {
      this.open -= 1;
      this.onEnd();
    }
  }

  private plan(task: number): TaskPlan {
    return this.host.state.plan[task] as TaskPlan;
  }

  private async ask(task: number): Promise<void> {
    const prepared = await this.attempts.prepare(task);
    if (prepared.kind !== 'start' || prepared.type.handler.probe === undefined) return;
    const { attempt } = this.host.state.tasks.get(task);
    const answer = (await prepared.type.handler.probe(prepared.parameters, {
      ...attemptContext(this.host, task, attempt),
      signal: AbortSignal.timeout(TIME_LIMIT_MS),
      now: () => new Date(),
    })) as ProbeAnswer<unknown>;
    if (answer.kind === 'notDone') this.host.feed({ kind: 'probedNotDone', task, attempt });
    if (answer.kind === 'done') await this.takeResult(task, attempt, answer.result);
  }

  private async takeResult(task: number, attempt: number, found: unknown): Promise<void> {
    const encoded = encodeResult(found);
    if ('failure' in encoded) throw new Error(encoded.failure.message);
    const { json, isLarge } = encoded;
    if (isLarge) await this.engine.store.savePayload(this.host, this.plan(task).id, json);
    this.host.feed({
      ...{ kind: 'probedDone', task, attempt },
      result: isLarge ? { payload: true } : { json },
    });
  }
}

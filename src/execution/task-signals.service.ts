import { Injectable } from '@nestjs/common';
import { isJsonObject, type JsonObject, type JsonValue, jsonPointer } from '../common/json.js';
import { TaskTypeRegistry } from '../tasks/task-type.registry.js';
import { isRetryable } from './domain/advance/answers.js';
import { encodeResult } from './domain/encode-result.js';
import { isTerminalRun, isTerminalTask } from './domain/status.js';
import { RunInputs } from './run-inputs.service.js';
import { RunsStore, type TaskRecord } from './runs-store.port.js';
import {
  invalidAnswer,
  taskEnded,
  taskNotRetryable,
  taskNotUnknown,
  taskNotWaiting,
  taskResolved,
  wrongAnswerRoute,
} from './runs.errors.js';
import type { Decision } from './runs.schemas.js';
import { SignalsService } from './signals.service.js';
import type { Completion, ResolutionBody } from './task-actions.schemas.js';

type By<T> = T & { readonly by: string };

const DECISIONS = ['approve', 'reject', 'complete', 'retryTask'];

const formOf = ({ wait }: TaskRecord): JsonValue => (isJsonObject(wait) ? (wait['form'] ?? null) : null);

function mustAsk(task: TaskRecord, form: string): void {
  if (task.status !== 'waiting' || task.waitingFor !== 'person') throw taskNotWaiting(task.id, task.status);
  if (formOf(task) !== form) throw wrongAnswerRoute(task.id, String(formOf(task)));
}

/** What people answer and ask about single tasks. */
@Injectable()
export class TaskSignalsService {
  constructor(
    private readonly signals: SignalsService,
    private readonly store: RunsStore,
    private readonly inputs: RunInputs,
    private readonly types: TaskTypeRegistry,
  ) {}

  /** Decides a `human.approval`. */
  decide(taskId: string, kind: 'approve' | 'reject', { by, comment }: By<Decision>): Promise<string> {
    return this.signals.askTask(taskId, {
      kind,
      like: DECISIONS,
      payload: (task) => {
        mustAsk(task, 'approval');
        return { by, comment: comment ?? null };
      },
    });
  }

  /** Answers a `human.task`. Fails as `invalid_answer` when the answer does not fit its schema. */
  async complete(taskId: string, { by, answer }: By<Completion>): Promise<string> {
    // Outside of the transaction: a schema may take seconds.
    const asked = await this.store.findTask(taskId);
    if (asked !== null) await this.checkAnswer(asked, answer as JsonValue);
    return this.signals.askTask(taskId, {
      kind: 'complete',
      like: DECISIONS,
      payload: async (task) => {
        mustAsk(task, 'task');
        return { by, ...(await this.stored(taskId, '/answer', { answer: answer as JsonValue, by })) };
      },
    });
  }

  /**
   * Says what became of an attempt in doubt. Of a run that has ended nothing changes any more: what is said is kept on
   * record, once, and its retry goes by it.
   */
  resolve(taskId: string, { by, outcome, result, comment }: By<ResolutionBody>): Promise<string> {
    return this.signals.askTask(taskId, {
      kind: 'resolve',
      like: ['resolve'],
      isKeptAfterEnd: true,
      payload: async (task, run) => {
        if (task.status !== 'unknown') throw taskNotUnknown(taskId, task.status);
        const earlier = isTerminalRun(run.status) ? await this.store.findSaid(taskId) : null;
        if (earlier !== null) throw taskResolved(taskId, earlier);
        const said: JsonObject = { by, outcome, comment: comment ?? null, attempt: task.attempt };
        if (outcome !== 'succeeded') return said;
        this.checkResult(task, result);
        return { ...said, ...(await this.stored(taskId, '/result', (result ?? null) as JsonValue)) };
      },
    });
  }

  cancel(taskId: string, by: string): Promise<string> {
    return this.signals.askTask(taskId, {
      kind: 'cancelTask',
      like: ['cancelTask'],
      payload: (task) => {
        if (isTerminalTask(task.status) || task.status === 'unknown') throw taskEnded(taskId, task.status);
        return { by };
      },
    });
  }

  /** The next attempt of a task that waits in back-off, or for a person after a failure, now. */
  retry(taskId: string, by: string): Promise<string> {
    return this.signals.askTask(taskId, {
      kind: 'retryTask',
      like: DECISIONS,
      payload: (task) => {
        if (!isRetryable(task)) throw taskNotRetryable(taskId, task.status);
        return { by };
      },
    });
  }

  private async checkAnswer(task: TaskRecord, answer: JsonValue): Promise<void> {
    const schema = isJsonObject(task.wait) ? task.wait['answerSchema'] : undefined;
    if (!isJsonObject(schema ?? null)) return;
    const issues = await this.inputs.issuesOf(schema as JsonObject, answer, '/answer');
    if (issues.length > 0) throw invalidAnswer(issues);
  }

  private checkResult({ taskType }: TaskRecord, result: unknown): void {
    const { error } = this.types.find(taskType)?.result.safeParse(result) ?? {};
    if (error === undefined) return;
    throw invalidAnswer(
      error.issues.map(({ path, message }) => ({
        code: 'invalid_field',
        pointer: `/result${jsonPointer(path)}`,
        message,
      })),
    );
  }

  /** A result as a signal carries it: in its place, or kept apart when it is large. */
  private async stored(taskId: string, pointer: string, result: JsonValue): Promise<JsonObject> {
    const encoded = encodeResult(result);
    if ('failure' in encoded) {
      const { code, message } = encoded.failure;
      throw invalidAnswer([{ code, pointer, message }]);
    }
    if (!encoded.isLarge) return { result };
    await this.store.saveLargeResult(taskId, encoded.json);
    return { isLarge: true };
  }
}

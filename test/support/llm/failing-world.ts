import { randomUUID } from 'node:crypto';
import { Ledger } from '../../../src/llm/budget/ledger.service.js';
import { LlmService } from '../../../src/llm/llm.service.js';
import { ProviderRegistry } from '../../../src/llm/providers/provider.registry.js';
import { LlmGenerateTask } from '../../../src/llm/task-types/llm-generate.task.js';
import { TaskError } from '../../../src/tasks/domain/task-error.js';
import type { TaskContext } from '../../../src/tasks/domain/task-type.js';
import { fullOr } from '../../reliability/full.js';
import { startTestApp, testLlmSettings, type TestApp } from '../test-app.js';
import { GOOD_ANSWER } from './ways-to-fail.js';
import { ModelServer, type ReceivedRequest } from './model-server.js';
import { WordFunction, WordModule } from './word-function.js';

/** Long enough for four models in turn on a busy machine. */
export const TIMEOUT_MS = fullOr({ full: 2_000, usual: 1_500 });
const VENDOR_IDS = ['openai', 'anthropic', 'google', 'openai-compatible'] as const;
const KEY = 'key-of-a-test';

/** Who asks, and which models in turn, as `provider:model`. */
export interface Asker {
  readonly agentId: string;
  readonly models: readonly string[];
}

/** A row of the record of calls, as the database has it. */
export interface BookedRow extends Record<string, unknown> {
  readonly attempt: number;
  readonly call_id: string;
  readonly name: string;
  readonly outcome: string | null;
  readonly cost: bigint;
  readonly bound: bigint;
}

/** One call of a model, and how it ended. */
export interface Ended {
  readonly how: 'function' | 'task';
  readonly asker: Asker;
  readonly topic: string;
  /** Of the function: who answered. */
  readonly source: string;
  /** Of the twin, or the code of a `TaskError`. */
  readonly reason: string;
  readonly detail: string;
  readonly cost: bigint | null;
  readonly elapsedMs: number;
  readonly value: unknown;
  readonly taskId: string;
}

/** The application with four real providers that all ask one server on loopback. */
export class FailingWorld {
  private calls = 0;

  private constructor(
    readonly test: TestApp,
    readonly server: ModelServer,
  ) {}

  static async start(): Promise<FailingWorld> {
    const server = await ModelServer.start();
    const settings = { apiKey: KEY, baseUrl: server.url };
    const versioned = { ...settings, baseUrl: `${server.url}/v1` };
    const test = await startTestApp({
      modules: [WordModule],
      config: {
        llm: testLlmSettings({
          ...{ openai: versioned, anthropic: settings, google: settings },
          openaiCompatible: { ...versioned, price: { inputTokens: 1_000_000, outputTokens: 2_000_000 } },
          timeoutSeconds: TIMEOUT_MS / 1_000,
          totalLimitNanoUsd: 1_000_000_000_000_000n,
        }),
      },
    });
    server.answer(GOOD_ANSWER);
    return new FailingWorld(test, server);
  }

  async close(): Promise<void> {
    await this.test.close();
    await this.server.close();
  }

  /** Agents with models of their own, the first one of each in turn of another provider. */
  async askers(count: number): Promise<Asker[]> {
    const askers: Asker[] = [];
    for (let index = 0; index < count; index += 1) {
      const names = VENDOR_IDS.map((id) => `${id}:${this.modelOf(id, index)}`);
      const models = [...names.slice(index % 4), ...names.slice(0, index % 4)];
      askers.push(await this.asker(models));
    }
    return askers;
  }

  async asker(models: readonly string[]): Promise<Asker> {
    const [first = '', ...fallbacks] = models;
    const [provider, model] = first.split(':');
    const llmConfig = { provider, model, fallbacks };
    const { status, body } = await this.test.http('POST', '/api/v1/agents', { name: 'asker', llmConfig });
    if (status !== 201) throw new Error(JSON.stringify(body));
    return { agentId: body.id as string, models };
  }

  modelOf(provider: string, index: number): string {
    if (provider === 'openai-compatible') return `local-${index}`;
    const model = this.test.app.get(ProviderRegistry).find(provider)?.models()[index];
    if (model === undefined) throw new Error(`${provider} has fewer than ${index + 1} models.`);
    return model.model;
  }

  /** Through the function, whose twin answers in the end. */
  async callFunction(asker: Asker): Promise<Ended> {
    const { topic, taskId } = this.next();
    const { test } = this;
    const startedAt = performance.now();
    const answer = await test.app
      .get(LlmService)
      .call(test.app.get(WordFunction), { topic }, { agentId: asker.agentId, taskId });
    const elapsedMs = performance.now() - startedAt;
    const { source, reason, detail, costNanoUsd: cost, value } = answer;
    return { how: 'function', asker, topic, taskId, elapsedMs, source, reason, detail, cost, value };
  }

  /** Through the task type, which fails with a `TaskError`. */
  async callTask(asker: Asker, model?: string): Promise<Ended> {
    const { topic, taskId } = this.next();
    const context: TaskContext = {
      ...{ runId: randomUUID(), workflowId: null, agentId: asker.agentId, id: taskId, taskId: 'ask' },
      ...{ assisted: true, attempt: 1, idempotencyKey: taskId, signal: new AbortController().signal },
      now: () => new Date(),
    };
    const parameters = { prompt: topic, maxOutputTokens: 200, ...(model === undefined ? {} : { model }) };
    const startedAt = performance.now();
    const ended = await this.test.app
      .get(LlmGenerateTask)
      .execute(parameters, context)
      .then(
        ({ result }) => ({ source: 'model', reason: 'allowed', detail: '', value: result.text }),
        (error: unknown) => {
          if (!(error instanceof TaskError)) throw error;
          const { code, message, effect } = error.failure;
          return { source: 'nobody', reason: code, detail: message, value: { effect } };
        },
      );
    const elapsedMs = performance.now() - startedAt;
    return { how: 'task', asker, topic, taskId, elapsedMs, cost: null, ...ended };
  }

  /** One good answer of each model: what failed before is forgotten, and all are known to be asked. */
  async heal(askers: readonly Asker[]): Promise<void> {
    this.server.answer(GOOD_ANSWER);
    const healed = await Promise.all(
      askers.flatMap((asker) => asker.models.map((model) => this.callTask(asker, model))),
    );
    const bad = healed.find(({ reason }) => reason !== 'allowed');
    if (bad !== undefined) throw new Error(`No good answer: ${bad.reason}: ${bad.detail}`);
    this.server.requests.length = 0;
  }

  requestsOf({ topic }: Pick<Ended, 'topic'>): ReceivedRequest[] {
    return this.server.requests.filter(({ text }) => text.includes(topic));
  }

  async bookedFor(calls: readonly Ended[]): Promise<ReadonlyMap<string, readonly BookedRow[]>> {
    await this.test.app.get(Ledger).booked();
    const rows = await this.test.database.query<BookedRow & { readonly task_id: string }>(
      `select task_id, attempt, call_id, provider || ':' || model as name, outcome, cost_nano as cost, bound_nano as bound
       from llm_interactions where task_id = any($1) order by attempt`,
      [calls.map(({ taskId }) => taskId)],
    );
    const typed = rows.map((row) => ({ ...row, cost: BigInt(row.cost), bound: BigInt(row.bound) }));
    return Map.groupBy(typed, ({ task_id }) => task_id);
  }

  private next(): { readonly topic: string; readonly taskId: string } {
    this.calls += 1;
    return { topic: `topic-${this.calls}-end`, taskId: randomUUID() };
  }
}

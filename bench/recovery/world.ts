import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { AgentChangesService } from '../../src/agents/agent-changes.service.js';
import { AgentIntelligenceService } from '../../src/agents/agent-intelligence.service.js';
import type { ExecutionMode, IntelligenceLevel } from '../../src/common/intelligence.js';
import { RunStarts } from '../../src/execution/run-starts.service.js';
import type { Definition } from '../../src/workflows/domain/definition.js';
import { WorkflowChangesService } from '../../src/workflows/workflow-changes.service.js';
import { chatAnswer } from '../../test/support/llm/answer-bodies.js';
import { json } from '../../test/support/llm/answers.js';
import { ModelServer } from '../../test/support/llm/model-server.js';
import { FaultyTypesModule } from '../../test/support/faulty-types.module.js';
import { BenchApp } from '../bench-app.js';
import type { BenchServer } from '../bench-server.js';
import type { FailureQuestion, Model } from './models.js';

const LOOK_MS = 20;
const PRICE = '1/2';
const NO_CHANGE = JSON.stringify({ changes: [], reason: 'No change.' });

/** The whole application with a model behind a wire, or without any. */
export class RecoveryWorld {
  private constructor(
    readonly app: BenchApp,
    private readonly models: ModelServer | null,
  ) {}

  static async start(server: BenchServer, name: string, model: Model | null): Promise<RecoveryWorld> {
    const models = model === null ? null : await serve(model);
    const environment = {
      LLM_CACHE_TTL: '0',
      ...{ LLM_COST_BUDGET: '100000', LLM_COST_BUDGET_PER_WORKFLOW: '100000' },
      ...(models === null
        ? {}
        : {
            ...{ LLM_PROVIDER: 'openai-compatible', LLM_MODEL: 'bench' },
            ...{ OPENAI_COMPATIBLE_BASE_URL: `${models.url}/v1`, OPENAI_COMPATIBLE_PRICE: PRICE },
          }),
    };
    const url = await server.createDatabase(`recovery_${name}`);
    const folder = join(server.folder, `recovery-${name}`);
    return new RecoveryWorld(
      await BenchApp.start(url, folder, { environment, modules: [FaultyTypesModule] }),
      models,
    );
  }

  /** Requests that reached the model. */
  get requests(): number {
    return this.models?.requests.length ?? 0;
  }

  /** An agent, and one below it that can do the same: their ids. */
  async team(
    level: IntelligenceLevel,
    mode: ExecutionMode,
  ): Promise<{ readonly owner: string; readonly other: string }> {
    const owner = await this.agent(`${level} ${mode}`, null);
    await this.app
      .get(AgentIntelligenceService)
      .put(owner, { intelligenceLevel: level, executionMode: mode }, undefined);
    return { owner, other: await this.agent('other', owner) };
  }

  async workflow(ownerAgentId: string, definition: Definition): Promise<string> {
    const body = { name: 'recovery', description: '', ownerAgentId, definition, settings: {} };
    return (await this.app.get(WorkflowChangesService).create(body)).id;
  }

  /** Starts a run and answers its status once it has ended or waits for a person. */
  async play(workflowId: string, input: object): Promise<'succeeded' | 'failed' | 'waiting'> {
    const id = await this.app.get(RunStarts).startWorkflow(workflowId, input as never);
    for (;;) {
      const [row] = await this.app.query<{ status: string; asks: boolean }>({
        text: `select status, exists (select from tasks t where t.run_id = r.id and t.waiting_for = 'person') as asks
               from runs r where id = $1`,
        values: [id],
      });
      if (row?.status === 'succeeded' || row?.status === 'failed') return row.status;
      if (row?.asks === true) return 'waiting';
      await sleep(LOOK_MS);
    }
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.models?.close();
  }

  private async agent(name: string, parentAgentId: string | null): Promise<string> {
    const fields = { name, description: '', capabilities: ['*'], parentAgentId };
    const rest = { status: 'active', maxConcurrentTasks: null, llmConfig: null } as const;
    return (await this.app.get(AgentChangesService).create({ ...fields, ...rest })).id;
  }
}

/** A server on loopback that answers as a provider does. */
async function serve(model: Model): Promise<ModelServer> {
  const server = await ModelServer.start();
  server.answer((request, response) => {
    const { messages } = request.body as { messages: { role: string; content: string }[] };
    const question = JSON.parse(
      messages.find(({ role }) => role === 'user')?.content ?? '',
    ) as FailureQuestion;
    // Runs of autonomous owners also ask what to change of their rest: this is about failures only.
    const text = 'error' in question ? model(question, seedOf(question, messages.length)) : NO_CHANGE;
    json(chatAnswer({ text, model: 'bench' }))(request, response);
  });
  return server;
}

/** The same question of the same cell, the same answer, whatever else is asked meanwhile; ids of agents differ each time. */
function seedOf({ error, tried }: FailureQuestion, messages: number): number {
  const text = JSON.stringify([error.message, tried.length, messages]);
  return createHash('sha256').update(text).digest().readUInt32BE();
}

/** Does work for all items, some at a time. */
export async function forEach<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = [...items];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
    }),
  );
}

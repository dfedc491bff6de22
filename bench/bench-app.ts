import { setTimeout as sleep } from 'node:timers/promises';
import type { ModuleMetadata } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AgentChangesService } from '../src/agents/agent-changes.service.js';
import { MetricsRegistry } from '../src/common/metrics.js';
import { parseConfig } from '../src/config/parse-config.js';
import { createApp } from '../src/create-app.js';
import { type Statement, UnitOfWork } from '../src/database/unit-of-work.js';
import { RunStarts } from '../src/execution/run-starts.service.js';
import type { Definition } from '../src/workflows/domain/definition.js';
import { WorkflowChangesService } from '../src/workflows/workflow-changes.service.js';
import { BenchModule } from './bench-noop.task.js';

const LOOK_MS = 1;

export interface BenchAppOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly modules?: NonNullable<ModuleMetadata['imports']>;
  readonly withModels?: boolean;
}

/** The whole application in this process, with its default settings and `bench.noop`. */
export class BenchApp {
  private constructor(
    private readonly app: NestFastifyApplication,
    readonly databaseUrl: string,
    private readonly agentId: string,
  ) {}

  static async start(
    databaseUrl: string,
    folder: string,
    { environment: more = {}, modules = [], withModels = true }: BenchAppOptions = {},
  ): Promise<BenchApp> {
    const base = { TANDEM_DATA_DIR: folder, TANDEM_SAMPLE: 'off', LOG_LEVEL: 'warn', PORT: '0' };
    const environment = { ...base, ...more };
    const { config, issues } = parseConfig(environment, { workingFolder: folder, isTerminal: false });
    if (config === undefined) throw new Error(JSON.stringify(issues));
    const app = await createApp({ config, databaseUrl, withModels, modules: [BenchModule, ...modules] });
    await app.listen(0, '127.0.0.1');
    const agent = await app.get(AgentChangesService, { strict: false }).create({
      name: 'bench',
      description: '',
      capabilities: ['*'],
      parentAgentId: null,
      status: 'active',
      maxConcurrentTasks: null,
      llmConfig: null,
    });
    return new BenchApp(app, databaseUrl, agent.id);
  }

  async createWorkflow(definition: Definition): Promise<string> {
    const workflow = await this.app.get(WorkflowChangesService, { strict: false }).create({
      name: 'bench',
      description: '',
      ownerAgentId: this.agentId,
      definition,
      settings: {},
    });
    return workflow.id;
  }

  /** Starts runs in one transaction: the engine sees all of them at the same moment. */
  startRuns(workflowId: string, count: number): Promise<readonly string[]> {
    return this.app.get(UnitOfWork, { strict: false }).transactional(async () => {
      const starts = this.app.get(RunStarts, { strict: false });
      const runIds: string[] = [];
      for (let run = 0; run < count; run += 1) runIds.push(await starts.startWorkflow(workflowId, {}));
      return runIds;
    });
  }

  /** Milliseconds from the first claim to the commit of the last end; every run must have succeeded. */
  async executeRuns(workflowId: string, count: number): Promise<number> {
    const endedBefore = await this.metric('tandem_runs_ended_total');
    const runIds = await this.startRuns(workflowId, count);
    // Counted when the checkpoint with the end is committed. Looking costs microseconds.
    while ((await this.metric('tandem_runs_ended_total')) < endedBefore + count) await sleep(LOOK_MS);
    const endedAt = Date.now();
    const [row] = await this.query<{ succeeded: number; claimed_ms: number }>({
      text: `select count(*) filter (where status = 'succeeded')::integer as succeeded,
               (extract(epoch from min(started_at)) * 1000)::double precision as claimed_ms
             from runs where id = any($1::uuid[])`,
      values: [runIds],
    });
    if (row?.succeeded !== count) throw new Error(`${row?.succeeded} of ${count} runs succeeded.`);
    return endedAt - row.claimed_ms;
  }

  get<T>(token: string | (new (...args: never[]) => T)): T {
    return this.app.get<T>(token as never, { strict: false });
  }

  query<Row>(statement: Statement): Promise<Row[]> {
    return this.app.get(UnitOfWork, { strict: false }).query<Row>(statement);
  }

  /** The sum of a metric over its labels. */
  async metric(name: string): Promise<number> {
    const metric = await this.app.get(MetricsRegistry, { strict: false }).getSingleMetric(name)?.get();
    if (metric === undefined) throw new Error(`There is no metric ${name}.`);
    return metric.values.reduce((sum, { value }) => sum + value, 0);
  }

  async close(): Promise<void> {
    await this.app.close();
  }
}

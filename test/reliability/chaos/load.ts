import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Query } from '../invariants.js';
import type { Chance } from './chance.js';
import type { Client } from './client.js';
import type { LoadedWorkflow, Treatment } from './workflows.js';

/** At most this many runs are open at the same time. */
const MAX_OPEN_RUNS = 60;
const COUNT_INTERVAL_MS = 500;

/** Starts runs by chance and does to them what their workflow asks for, until it is stopped. */
export class Load {
  /** Runs whose start was answered 2xx. */
  readonly acknowledged: string[] = [];
  private stopped = false;
  private open = 0;
  private readonly work = new Set<Promise<void>>();
  private readonly weights: Readonly<Record<string, number>>;
  private readonly byId: ReadonlyMap<string, LoadedWorkflow>;

  constructor(
    private readonly client: Client,
    private readonly query: Query,
    private readonly chance: Chance,
    workflows: readonly LoadedWorkflow[],
  ) {
    this.weights = Object.fromEntries(workflows.map(({ id, weight }) => [id, weight]));
    this.byId = new Map(workflows.map((workflow) => [workflow.id, workflow]));
  }

  start(runsPerSecond: number): void {
    this.stopped = false;
    this.keep(this.launch(1_000 / runsPerSecond));
    this.keep(this.count());
  }

  /** Resolves when nothing of it is under way any more. */
  async stop(): Promise<void> {
    this.stopped = true;
    while (this.work.size > 0) await Promise.all(this.work);
  }

  /** Starts one run; answers its id once it is acknowledged. */
  async startRun(workflowId: string): Promise<string | null> {
    const start = randomUUID();
    const answer = await this.client.post(`/workflows/${workflowId}/runs`, { input: { start } }, start);
    if (answer === null || answer.status >= 300) return null;
    const id = answer.body.id as string;
    this.acknowledged.push(id);
    return id;
  }

  private keep(work: Promise<void>): void {
    const kept: Promise<void> = work.finally(() => this.work.delete(kept));
    this.work.add(kept);
  }

  private async launch(intervalMs: number): Promise<void> {
    while (!this.stopped) {
      if (this.open < MAX_OPEN_RUNS && this.work.size < MAX_OPEN_RUNS)
        this.keep(this.live(this.chance.weighted(this.weights)));
      await sleep(this.chance.between(0.5, 1.5) * intervalMs);
    }
  }

  private async count(): Promise<void> {
    while (!this.stopped) {
      const rows = await this.query<{ open: number }>(
        'select count(*)::integer as open from runs where finished_at is null',
      ).catch(() => []);
      this.open = rows[0]?.open ?? this.open;
      await sleep(COUNT_INTERVAL_MS);
    }
  }

  private async live(workflowId: string): Promise<void> {
    const runId = await this.startRun(workflowId);
    if (runId !== null) await this.treat(runId, this.byId.get(workflowId)?.treatment ?? 'none');
  }

  private async treat(runId: string, treatment: Treatment): Promise<void> {
    if (treatment === 'none') return;
    await sleep(this.chance.between(50, 900));
    if (treatment === 'spawn') return this.spawn(runId);
    // What came too late is refused.
    await this.client.post(`/runs/${runId}/${treatment}`, {});
  }

  private async spawn(runId: string): Promise<void> {
    const rows = await this.query<{ id: string }>(
      `select id from tasks where run_id = $1 and task_id = 'parent' and status in ('ready', 'running')`,
      [runId],
    ).catch(() => []);
    for (const { id } of rows) {
      await this.client.post(`/tasks/${id}/children`, { taskType: 'test.sleep', parameters: { ms: 200 } });
      await this.client.post(`/tasks/${id}/children`, {
        taskType: 'ledger.pay',
        parameters: { effect: 'idempotent' },
      });
    }
  }
}

import { Injectable } from '@nestjs/common';
import { type Page, toPage } from '../common/cursor.js';
import { decodeIdCursor } from '../common/id-cursor.js';
import type { JsonValue } from '../common/json.js';
import { Ports } from '../common/ports.js';
import { NotFoundError } from '../common/tandem-error.js';
import { RUN_COST } from './run-cost.port.js';
import { RecoveryRecords } from './recoveries/recovery-records.port.js';
import { toRecoveryView, toRunView, toTaskView } from './run-views.js';
import { type RunRecord, RunsStore, type TaskFilter, type TaskRecord } from './runs-store.port.js';
import { noResult } from './runs.errors.js';
import type { ListRunsQuery, RunView, TaskView } from './runs.schemas.js';

type ListedTasks = TaskFilter & { readonly limit: number; readonly cursor?: string | undefined };

/** Reads runs and tasks as they are shown; a constant number of queries per page. */
@Injectable()
export class RunsService {
  constructor(
    private readonly store: RunsStore,
    private readonly ports: Ports,
    private readonly recoveries: RecoveryRecords,
  ) {}

  /** Fails as `run_not_found`. */
  async get(id: string): Promise<RunView> {
    const [[view], recoveries] = await Promise.all([
      this.show([await this.record(id)]),
      this.recoveries.ofRun(id),
    ]);
    const applied = recoveries.length === 0 ? [] : await this.recoveries.applied(id);
    return { ...(view as RunView), recoveries: recoveries.map((each) => toRecoveryView(each, applied)) };
  }

  async record(id: string): Promise<RunRecord> {
    const run = await this.store.findRun(id);
    if (run === null) throw new NotFoundError('run', id);
    return run;
  }

  async list({ limit, cursor, createdAfter, ...filter }: ListRunsQuery): Promise<Page<RunView>> {
    const after = createdAfter === undefined ? undefined : new Date(createdAfter);
    const runs = await this.store.listRuns(
      { ...filter, createdAfter: after },
      decodeIdCursor(cursor, 'runs'),
      limit + 1,
    );
    const { items, nextCursor } = toPage(runs, limit, ({ id }) => id, 'runs');
    return { items: await this.show(items), nextCursor };
  }

  /** How many events of each type the run has. Fails as `run_not_found`. */
  async countEvents(id: string): Promise<Readonly<Record<string, number>>> {
    await this.record(id);
    return this.store.countEvents(id);
  }

  /** Fails as `task_not_found`. */
  async getTask(id: string): Promise<TaskView> {
    const [view] = await this.showTasks([await this.task(id)]);
    return view as TaskView;
  }

  listTasks(query: ListedTasks): Promise<Page<TaskView>> {
    return this.pageOfTasks('tasks', query);
  }

  async listRunTasks(runId: string, query: Omit<ListedTasks, 'runId'>): Promise<Page<TaskView>> {
    await this.record(runId);
    return this.pageOfTasks(`runs/${runId}/tasks`, { ...query, runId });
  }

  /** The full result, whatever its size. Fails as `task_not_found` or `no_result`. */
  async result(id: string): Promise<{ id: string; taskId: string; result: JsonValue }> {
    const task = await this.task(id);
    if (task.status !== 'succeeded') throw noResult(id, task.status);
    const result = task.hasPayload ? await this.store.findLargeResult(id) : task.result;
    return { id, taskId: task.taskId, result };
  }

  private async pageOfTasks(list: string, query: ListedTasks): Promise<Page<TaskView>> {
    const { limit, cursor, ...filter } = query;
    const tasks = await this.store.listTasks(filter, decodeIdCursor(cursor, list), limit + 1);
    const { items, nextCursor } = toPage(tasks, limit, ({ id }) => id, list);
    return { items: await this.showTasks(items), nextCursor };
  }

  private async task(id: string): Promise<TaskRecord> {
    const task = await this.store.findTask(id);
    if (task === null) throw new NotFoundError('task', id);
    return task;
  }

  private async show(runs: readonly RunRecord[]): Promise<RunView[]> {
    const ids = runs.map(({ id }) => id);
    const singles = runs.filter(({ agentId }) => agentId !== null).map(({ id }) => id);
    const [counts, costs, tasks] = await Promise.all([
      this.store.countTasksByStatus(ids),
      this.ports.get(RUN_COST).ofRuns(ids),
      this.store.findOnlyTasks(singles),
    ]);
    return runs.map((run) => {
      const task = tasks.get(run.id);
      const costNanoUsd = costs.get(run.id) ?? 0n;
      return toRunView(run, {
        tasksByStatus: counts.get(run.id) ?? {},
        costNanoUsd,
        task: task === undefined ? undefined : toTaskView(task, costNanoUsd),
      });
    });
  }

  private async showTasks(tasks: readonly TaskRecord[]): Promise<TaskView[]> {
    const costs = await this.ports.get(RUN_COST).ofTasks(tasks.map(({ id }) => id));
    return tasks.map((task) => toTaskView(task, costs.get(task.id)));
  }
}

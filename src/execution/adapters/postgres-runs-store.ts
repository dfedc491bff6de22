import { Injectable } from '@nestjs/common';
import { newId } from '../../common/ids.js';
import type { JsonValue } from '../../common/json.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { Definition, TaskDefinition } from '../../workflows/domain/definition.js';
import { RunQueue, URGENT_PRIORITY } from '../run-queue.port.js';
import {
  type Doubt,
  type EventRecord,
  type LockedRun,
  type NewRun,
  type NewSignal,
  type RunFilter,
  type RunRecord,
  RunsStore,
  type TaskFilter,
  type TaskRecord,
} from '../runs-store.port.js';
import { SIGNALS_CHANNEL } from './channels.js';
import { copyResults } from './copy-results.sql.js';
import * as doubts from './doubts.sql.js';
import { createRun, type NewTaskRow } from './create-run.sql.js';
import * as read from './read-runs.sql.js';
import {
  type EventRow,
  type RunRow,
  type TaskRow,
  toEventRecord,
  toRunRecord,
  toTaskRecord,
} from './record-rows.js';
import { keepPayload } from './payloads.sql.js';
import * as signals from './signals.sql.js';

function toTaskRow(task: TaskDefinition, position: number, row: NewRun['tasks'][number]): NewTaskRow {
  const { taskId, taskType, parameters } = task;
  return { id: row.id, task_id: taskId, position, task_type: taskType, agent_id: row.agentId, parameters };
}

@Injectable()
export class PostgresRunsStore extends RunsStore {
  constructor(
    private readonly work: UnitOfWork,
    private readonly queue: RunQueue,
  ) {
    super();
  }

  override async create(run: NewRun): Promise<void> {
    const jobId = newId();
    const row = {
      id: run.id,
      workflow_id: run.workflowId,
      agent_id: run.agentId,
      retry_of_run_id: run.retryOfRunId,
      assisted: run.assisted,
      parent_run_id: run.parent?.runId ?? null,
      parent_task_id: run.parent?.taskId ?? null,
      parent_attempt: run.parent?.attempt ?? null,
      nesting: run.nesting ?? 0,
      definition: run.definition,
      input: run.input,
      job_id: jobId,
      schedule_id: run.fire?.scheduleId ?? null,
      fire_time: run.fire?.fireTime.toISOString() ?? null,
    };
    const tasks = run.definition.tasks.map((task, index) =>
      toTaskRow(task, index, run.tasks[index] as NewRun['tasks'][number]),
    );
    const fired = run.fire === undefined ? {} : { scheduleId: row.schedule_id, fireTime: row.fire_time };
    await this.work.query(
      createRun(row, tasks, { workflowId: run.workflowId, tasks: tasks.length, ...fired }),
    );
    await this.queue.enqueue([{ jobId, runId: run.id }]);
  }

  override async findRun(id: string): Promise<RunRecord | null> {
    const [row] = await this.work.query<RunRow>(read.selectRun(id));
    return row === undefined ? null : toRunRecord(row);
  }

  override async findRetryable(id: string): Promise<{ record: RunRecord; definition: Definition } | null> {
    const [row] = await this.work.query<RunRow>(read.selectRunWithDefinition(id));
    return row === undefined ? null : { record: toRunRecord(row), definition: row.definition as Definition };
  }

  override async listRuns(
    filter: RunFilter,
    after: string | null,
    limit: number,
  ): Promise<readonly RunRecord[]> {
    return (await this.work.query<RunRow>(read.selectRuns(filter, after, limit))).map(toRunRecord);
  }

  override async countTasksByStatus(
    runIds: readonly string[],
  ): Promise<ReadonlyMap<string, Record<string, number>>> {
    const rows = await this.work.query<{ run_id: string; status: string; count: number }>(
      read.countTasks(runIds),
    );
    const counts = new Map<string, Record<string, number>>();
    for (const { run_id, status, count } of rows)
      counts.set(run_id, { ...counts.get(run_id), [status]: count });
    return counts;
  }

  override async countEvents(runId: string): Promise<Record<string, number>> {
    const rows = await this.work.query<{ type: string; count: number }>(read.countEvents(runId));
    return Object.fromEntries(rows.map(({ type, count }) => [type, count]));
  }

  override async findTask(id: string): Promise<TaskRecord | null> {
    const [row] = await this.work.query<TaskRow>(read.selectTask(id));
    return row === undefined ? null : toTaskRecord(row);
  }

  override async findOnlyTasks(runIds: readonly string[]): Promise<ReadonlyMap<string, TaskRecord>> {
    const rows = runIds.length === 0 ? [] : await this.work.query<TaskRow>(read.selectOnlyTasks(runIds));
    return new Map(rows.map((row) => [row.run_id, toTaskRecord(row)]));
  }

  override async listTasks(
    filter: TaskFilter,
    after: string | null,
    limit: number,
  ): Promise<readonly TaskRecord[]> {
    return (await this.work.query<TaskRow>(read.selectTasks(filter, after, limit))).map(toTaskRecord);
  }

  override async findLargeResult(taskId: string): Promise<JsonValue> {
    const [row] = await this.work.query<{ value: JsonValue }>(read.selectPayload(taskId));
    return row?.value ?? null;
  }

  override async saveLargeResult(taskId: string, json: string): Promise<void> {
    await this.work.query(keepPayload(taskId, json));
  }

  override async findTaskDefinition(taskId: string): Promise<TaskDefinition | null> {
    const [row] = await this.work.query<{ definition: TaskDefinition | null }>(
      read.selectTaskDefinition(taskId),
    );
    return row?.definition ?? null;
  }

  override async countAncestors(taskId: string): Promise<number> {
    const [row] = await this.work.query<{ count: number }>(read.countAncestors(taskId));
    return row?.count ?? 0;
  }

  override async awaitedChildren(taskIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.work.query<{ id: string; child_id: string }>(read.selectAwaitedChildren(taskIds));
    return new Map(rows.map(({ id, child_id }) => [id, child_id]));
  }

  override async listEvents(runId: string, after: number, limit: number): Promise<readonly EventRecord[]> {
    return (await this.work.query<EventRow>(read.selectEvents(runId, after, limit))).map(toEventRecord);
  }

  override async listDoubts(runId: string): Promise<readonly Doubt[]> {
    const rows = await this.work.query<doubts.DoubtRow>(doubts.selectDoubts(runId));
    return rows.map(({ id, run_id, task_id }) => ({ id, runId: run_id, taskId: task_id }));
  }

  override async findSaid(taskId: string): Promise<{ by: string; outcome: string } | null> {
    const [row] = await this.work.query<doubts.SaidRow>(doubts.selectSaid(taskId));
    return row ?? null;
  }

  override async copyResults(fromRunId: string, toRunId: string): Promise<void> {
    await this.work.query(copyResults(fromRunId, toRunId));
  }

  override async lockRun(id: string): Promise<LockedRun | null> {
    const [run] = await this.lockRuns([id]);
    return run ?? null;
  }

  override async lockRuns(ids: readonly string[]): Promise<readonly LockedRun[]> {
    const rows = await this.work.query<signals.LockedRunRow>(signals.lockRuns(ids));
    return rows.map(({ id, status, is_owned, workflow_id, agent_id }) => ({
      ...{ id, status, isOwned: is_owned },
      ...{ workflowId: workflow_id, agentId: agent_id },
    }));
  }

  override async withPendingSignal(
    runIds: readonly string[],
    kinds: readonly string[],
    taskId: string | null,
  ): Promise<ReadonlyMap<string, string>> {
    const rows = await this.work.query<{ run_id: string; kind: string }>(
      signals.pendingSignals(runIds, kinds, taskId),
    );
    return new Map(rows.map(({ run_id, kind }) => [run_id, kind]));
  }

  override async keepSignal(signal: NewSignal): Promise<void> {
    await this.work.query(signals.addSignals([signal], new Map(), true));
  }

  override async addSignals(added: readonly (NewSignal & Pick<LockedRun, 'isOwned'>)[]): Promise<void> {
    const idle = new Set(added.flatMap(({ runId, isOwned }) => (isOwned ? [] : [runId])));
    const owned = new Set(added.flatMap(({ runId, isOwned }) => (isOwned ? [runId] : [])));
    const jobs = new Map([...idle].map((runId) => [runId, newId()]));
    await this.work.query(signals.addSignals(added, jobs));
    if (jobs.size > 0)
      await this.queue.enqueue(
        [...jobs].map(([runId, jobId]) => ({ jobId, runId, priority: URGENT_PRIORITY })),
      );
    if (owned.size > 0) await this.work.query(signals.notifySignals(SIGNALS_CHANNEL, [...owned]));
  }
}

import { Injectable } from '@nestjs/common';
import { newId } from '../../common/ids.js';
import type { JsonObject, JsonValue } from '../../common/json.js';
import { PreparedStatements } from '../../database/prepared-statements.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { Effect } from '../../tasks/domain/effect.js';
import type { TaskFailure } from '../../tasks/domain/task-error.js';
import type { Definition, TaskDefinition } from '../../workflows/domain/definition.js';
import type { PermitState, TaskState } from '../domain/run-state.js';
import type { Proposal } from '../domain/proposal.js';
import type { StoredTask } from '../domain/restore-run.js';
import type { RunStatus, TaskStatus, WaitingFor } from '../domain/status.js';
import { type ClaimedRun, EngineStore, type OwnedRun, type RunCheckpoint } from '../engine-store.port.js';
import { type RunJob, RunQueue } from '../run-queue.port.js';
import { NewDeliveries } from '../webhooks/new-deliveries.js';
import { loadPermits, type PermitRow } from '../permits/adapters/permits.sql.js';
import { checkpoint } from './checkpoint.sql.js';
import { checkpointArrays } from './checkpoint-arrays.js';
import { claimRuns, type ClaimedRunRow } from './claim-runs.sql.js';
import { loadProposals, loadTasks, type LoadedTaskRow, type ProposalRow } from './load-tasks.sql.js';
import {
  pendingSignals,
  type PendingSignalRow,
  releaseRun,
  rotateJob,
  runsOwnedBy,
} from './owned-runs.sql.js';
import { parkRun } from './park-run.sql.js';
import { loadPayload, savePayload } from './payloads.sql.js';
import { type HeldRow, reachesOthers, RunFamily } from './run-family.js';

/** A rotated job is handed out only when its owner has not rotated it again: owners do so every 12 h. */
const ROTATED_JOB_DELAY_MS = 25 * 3_600_000;

/** The proposal of a task whose recovery is not applied yet. */
function undecided({ status, attempt }: LoadedTaskRow, proposals: readonly ProposalRow[]): Proposal | null {
  if (status !== 'recovering') return null;
  return (proposals.find((each) => each.attempt === attempt)?.proposal ?? null) as Proposal | null;
}

function toTask(
  row: LoadedTaskRow,
  proposals: ReadonlyMap<string, readonly ProposalRow[]>,
  permits: ReadonlyMap<string, PermitState>,
): StoredTask {
  return {
    id: row.id,
    agentId: row.agent_id,
    parentTaskId: row.parent_task_id,
    own: row.definition as TaskDefinition | null,
    alternative: row.alternative ?? 0,
    proposal: undecided(row, proposals.get(row.id) ?? []),
    isAdvised: proposals.has(row.id),
    permit: permits.get(row.id) ?? null,
    status: row.status as TaskStatus,
    attempt: row.attempt ?? 0,
    failedAttempts: row.failed_attempts ?? 0,
    effect: row.effect as Effect | null,
    result:
      row.has_payload === true
        ? { payload: true }
        : row.status === 'succeeded' || row.waiting_for === 'children'
          ? { json: row.result ?? 'null' }
          : null,
    error: row.error as TaskFailure | null,
    source: row.source as TaskState['source'],
    waitingFor: row.waiting_for as WaitingFor | null,
    wait: row.wait as JsonObject | null,
    wakeAt: row.wake_ms,
    readyAt: row.ready_ms,
    startedAt: row.started_ms,
    finishedAt: row.finished_ms,
  };
}

function toClaimedRun(
  row: ClaimedRunRow,
  job: RunJob,
  tasks: readonly StoredTask[],
  limitedAgents: readonly string[],
): ClaimedRun {
  return {
    job,
    runId: row.id,
    workflowId: row.workflow_id,
    epoch: row.epoch,
    definition: row.definition as Definition,
    input: (row.input ?? null) as JsonValue,
    eventCount: row.event_count,
    signalSeq: Number(row.signal_seq),
    deadlineAt: row.deadline_ms,
    fruitlessClaims: row.fruitless_claims,
    previousStatus: row.previous_status as RunStatus,
    reason: row.reason,
    assisted: row.assisted,
    nesting: row.nesting,
    parent:
      row.parent_run_id === null || row.parent_task_id === null
        ? null
        : { runId: row.parent_run_id, taskId: row.parent_task_id },
    tasks,
    limitedAgents,
  };
}

function limitedAgentsOf(rows: readonly LoadedTaskRow[]): readonly string[] {
  const limited = new Set<string>();
  for (const { has_limited_agent, agent_id } of rows)
    if (has_limited_agent === true && agent_id !== null) limited.add(agent_id);
  return [...limited];
}

@Injectable()
export class PostgresEngineStore extends EngineStore {
  constructor(
    private readonly work: UnitOfWork,
    private readonly queue: RunQueue,
    private readonly prepared: PreparedStatements,
    private readonly family: RunFamily,
    private readonly newDeliveries: NewDeliveries,
  ) {
    super();
  }

  override async claim(
    processId: string,
    jobs: readonly RunJob[],
    held: ReadonlySet<string>,
  ): Promise<readonly ClaimedRun[]> {
    const requests = jobs.map(({ runId, jobId, attempt }) => ({
      runId,
      jobId,
      jobAttempt: attempt,
      isHeld: held.has(runId),
    }));
    const runs = await this.work.query<ClaimedRunRow>(claimRuns(processId, requests));
    if (runs.length === 0) return [];
    const rows = await this.work.query<LoadedTaskRow>(loadTasks(runs.map(({ id }) => id)));
    const proposals = await this.proposalsFor(rows);
    const permits = await this.permitsFor(runs);
    const rowsOf = Map.groupBy(rows, (row) => row.run_id);
    // Not by run: a fetch may hold a run's replaced job beside the one its row names.
    const jobOf = new Map(jobs.map((job) => [job.jobId, job]));
    return runs.map((run) => {
      const ofRun = rowsOf.get(run.id) ?? [];
      const tasks = ofRun.map((row) => toTask(row, proposals, permits));
      return toClaimedRun(run, jobOf.get(run.job_id) as RunJob, tasks, limitedAgentsOf(ofRun));
    });
  }

  private async permitsFor(runs: readonly ClaimedRunRow[]): Promise<ReadonlyMap<string, PermitState>> {
    const concerned = runs.filter(({ has_permits }) => has_permits).map(({ id }) => id);
    if (concerned.length === 0) return new Map();
    const rows = await this.work.query<PermitRow>(loadPermits(concerned));
    return new Map(rows.map(({ task_id, is_granted }) => [task_id, is_granted ? 'held' : 'awaited']));
  }

  /** Only tasks that have not ended, and have failed, may have some. */
  private async proposalsFor(
    rows: readonly LoadedTaskRow[],
  ): Promise<ReadonlyMap<string, readonly ProposalRow[]>> {
    const mayHave = rows.filter(
      ({ status, attempt, finished_ms }) =>
        status === 'recovering' || (finished_ms === null && ((attempt ?? 0) > 1 || status === 'waiting')),
    );
    if (mayHave.length === 0) return new Map();
    const found = await this.work.query<ProposalRow>(loadProposals(mayHave.map(({ id }) => id)));
    return Map.groupBy(found, ({ task_id }) => task_id);
  }

  override async ownedBy(processId: string): Promise<readonly { runId: string; epoch: string }[]> {
    const rows = await this.work.query<{ id: string; epoch: string }>(runsOwnedBy(processId));
    return rows.map(({ id, epoch }) => ({ runId: id, epoch }));
  }

  override async owned(processId: string, runIds: readonly string[]): Promise<readonly OwnedRun[]> {
    const rows = await this.work.query<PendingSignalRow>(pendingSignals(processId, runIds));
    const byRun = Map.groupBy(rows, (row) => row.run_id);
    return [...byRun].map(([runId, ofRun]) => ({
      runId,
      epoch: (ofRun[0] as PendingSignalRow).epoch,
      signals: ofRun.flatMap(({ sequence, kind, task_id, payload }) =>
        sequence === null || kind === null
          ? []
          : [{ sequence: Number(sequence), kind, taskId: task_id, payload: payload as JsonValue }],
      ),
    }));
  }

  override async checkpoint(checkpoints: readonly RunCheckpoint[]): Promise<ReadonlySet<string>> {
    const statement = checkpoint(checkpointArrays(checkpoints));
    const alone = checkpoints.every((one) => !reachesOthers(one));
    const held = alone
      ? await this.prepared.query<HeldRow>(statement)
      : await this.family.checkpoint(checkpoints, statement);
    if (held[0]?.has_deliveries === true) this.newDeliveries.ring();
    return new Set(held.map(({ id }) => id));
  }

  override async savePayload(
    run: { runId: string; epoch: string },
    taskId: string,
    json: string,
  ): Promise<void> {
    await this.work.query(savePayload(taskId, run.runId, run.epoch, json));
  }

  override async loadPayload(taskId: string): Promise<string | null> {
    const [row] = await this.work.query<{ json: string }>(loadPayload(taskId));
    return row?.json ?? null;
  }

  override park(request: Parameters<EngineStore['park']>[0]): Promise<boolean> {
    const { runId, epoch, signalSeq, wakeAt } = request;
    const jobId = wakeAt === null ? null : newId();
    return this.work.transactional(async () => {
      const parked = await this.work.query(
        parkRun({ runId, epoch, signalSeq: String(signalSeq), jobId, wakeAtMs: wakeAt, nowMs: Date.now() }),
      );
      if (parked.length === 0) return false;
      if (jobId !== null && wakeAt !== null) {
        await this.queue.enqueue([{ jobId, runId, startAfter: new Date(wakeAt) }]);
      }
      return true;
    });
  }

  override async release(run: { runId: string; epoch: string }, fruitless: boolean): Promise<void> {
    const jobId = newId();
    await this.work.transactional(async () => {
      const released = await this.work.query(releaseRun(run.runId, run.epoch, jobId, fruitless));
      if (released.length > 0) await this.queue.enqueue([{ jobId, runId: run.runId }]);
    });
  }

  override async rotateJob(run: { runId: string; epoch: string }): Promise<void> {
    const jobId = newId();
    await this.work.transactional(async () => {
      const rotated = await this.work.query(rotateJob(run.runId, run.epoch, jobId));
      if (rotated.length === 0) return;
      await this.queue.enqueue([
        { jobId, runId: run.runId, startAfter: new Date(Date.now() + ROTATED_JOB_DELAY_MS) },
      ]);
    });
  }
}

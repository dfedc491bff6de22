import { Injectable } from '@nestjs/common';
import type { JsonObject } from '../../common/json.js';
import { type Statement, UnitOfWork } from '../../database/unit-of-work.js';
import { childResult } from '../domain/child-run.js';
import { INLINE_LIMIT_BYTES } from '../domain/encode-result.js';
import { isTerminalRun } from '../domain/status.js';
import type { RunCheckpoint } from '../engine-store.port.js';
import { freePermits } from '../permits/adapters/permits.sql.js';
import { FreedPermits } from '../permits/freed-permits.js';
import { type LockedRun, type NewSignal, RunsStore } from '../runs-store.port.js';

/** A run whose steps were stored. */
export interface HeldRow {
  readonly id: string;
  readonly has_deliveries?: boolean;
}

type LockedRuns = ReadonlyMap<string, LockedRun>;
type RunSignal = NewSignal & Pick<LockedRun, 'isOwned'>;

/**
 * Whether a checkpoint also reaches what other runs have to do with: children it starts or cancels, a parent that
 * waits for its end, permits it gives back.
 */
export const reachesOthers = ({
  childRuns,
  childCancels,
  freedPermits,
  parent,
  end,
}: RunCheckpoint): boolean =>
  childRuns.length + childCancels.length + freedPermits.length > 0 || (end !== null && parent !== null);

/**
 * Checkpoints that reach other runs: one transaction writes the steps, the new children with their jobs, the signals
 * to children and parents, and takes away the permits that are given back. All runs concerned are locked first, in the
 * order of their ids, by a statement of its own: those after it see what was committed while it waited.
 */
@Injectable()
export class RunFamily {
  constructor(
    private readonly work: UnitOfWork,
    private readonly runs: RunsStore,
    private readonly freedPermits: FreedPermits,
  ) {}

  async checkpoint(checkpoints: readonly RunCheckpoint[], statement: Statement): Promise<readonly HeldRow[]> {
    const { rows, agentIds } = await this.work.transactional(async () => {
      const ids = checkpoints.flatMap((one) => [
        one.runId,
        ...one.childRuns.map(({ id }) => id),
        ...one.childCancels,
        ...(one.parent === null ? [] : [one.parent.runId]),
      ]);
      const locked = new Map((await this.runs.lockRuns([...new Set(ids)])).map((run) => [run.id, run]));
      const rows = await this.work.query<HeldRow>(statement);
      const isHeld = new Set(rows.map(({ id }) => id));
      const held = checkpoints.filter(({ runId }) => isHeld.has(runId));
      await this.createChildren(held, locked);
      await this.cancelChildren(held, locked);
      await this.tellParents(held, locked);
      return { rows, agentIds: await this.freePermits(held) };
    });
    this.freedPermits.add(agentIds);
    return rows;
  }

  /** Answers whose they were. Whoever waits is handed them once this is committed. */
  private async freePermits(held: readonly RunCheckpoint[]): Promise<readonly string[]> {
    const taskIds = held.flatMap(({ freedPermits }) => freedPermits);
    if (taskIds.length === 0) return [];
    return (await this.work.query<{ id: string }>(freePermits(taskIds))).map(({ id }) => id);
  }

  /** Sent again after a lost answer, a checkpoint finds its children. */
  private async createChildren(held: readonly RunCheckpoint[], locked: LockedRuns): Promise<void> {
    for (const child of held.flatMap(({ childRuns }) => childRuns)) {
      if (!locked.has(child.id)) await this.runs.create({ ...child, agentId: null, retryOfRunId: null });
    }
  }

  private async cancelChildren(held: readonly RunCheckpoint[], locked: LockedRuns): Promise<void> {
    const cancels = held.flatMap(({ runId, childCancels }) =>
      childCancels.flatMap((id) => toSignal(locked.get(id), 'cancel', null, { by: `run ${runId}` })),
    );
    if (cancels.length === 0) return;
    const ids = cancels.map(({ runId }) => runId);
    const cancelled = await this.runs.withPendingSignal(ids, ['cancel'], null);
    await this.runs.addSignals(cancels.filter(({ runId }) => !cancelled.has(runId)));
  }

  /** Only a task that still waits for this very run: a later attempt of it may wait for another one by now. */
  private async tellParents(held: readonly RunCheckpoint[], locked: LockedRuns): Promise<void> {
    const taskIds = held.flatMap(({ end, parent }) => (end === null || parent === null ? [] : parent.taskId));
    if (taskIds.length === 0) return;
    const awaited = await this.runs.awaitedChildren(taskIds);
    const ends: RunSignal[] = [];
    for (const { runId, end, parent } of held) {
      if (end === null || parent === null || awaited.get(parent.taskId) !== runId) continue;
      const { status, reason, output } = end;
      const json = childResult(runId, status, output);
      const isLarge = Buffer.byteLength(json) > INLINE_LIMIT_BYTES;
      if (isLarge) await this.runs.saveLargeResult(parent.taskId, json);
      const result: JsonObject = isLarge ? { isLarge } : { result: JSON.parse(json) as JsonObject };
      const payload = { by: `run ${runId}`, runId, status, reason, ...result };
      ends.push(...toSignal(locked.get(parent.runId), 'childEnded', parent.taskId, payload));
    }
    if (ends.length > 0) await this.runs.addSignals(ends);
  }
}

/** A run that has ended needs no word any more. */
function toSignal(
  run: LockedRun | undefined,
  kind: string,
  taskId: string | null,
  payload: JsonObject,
): RunSignal[] {
  if (run === undefined || isTerminalRun(run.status)) return [];
  return [{ runId: run.id, kind, taskId, payload, isOwned: run.isOwned }];
}

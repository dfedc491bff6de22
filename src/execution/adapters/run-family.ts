import { Injectable } from '@nestjs/common';
import type { JsonObject } from '../../common/json.js';
import { type Statement, UnitOfWork } from '../../database/unit-of-work.js';
import { childResult } from '../domain/child-run.js';
import { INLINE_LIMIT_BYTES } from '../domain/encode-result.js';
import { isTerminalRun } from '../domain/status.js';
import type { RunCheckpoint } from '../engine-store.port.js';
import { type LockedRun, RunsStore } from '../runs-store.port.js';

/** A run whose steps were stored. */
export interface HeldRow {
  readonly id: string;
  readonly has_deliveries?: boolean;
}

/** Whether a checkpoint also writes to other runs: children it starts or cancels, a parent that waits for its end. */
export const reachesOthers = ({ childRuns, childCancels, parent, end }: RunCheckpoint): boolean =>
  childRuns.length + childCancels.length > 0 || (end !== null && parent !== null);

/**
 * Checkpoints that reach other runs: one transaction writes the steps, the new children with their jobs, and the
 * signals to children and parents. All runs concerned are locked first, in the order of their ids.
 */
@Injectable()
export class RunFamily {
  constructor(
    private readonly work: UnitOfWork,
    private readonly runs: RunsStore,
  ) {}

  checkpoint(checkpoints: readonly RunCheckpoint[], statement: Statement): Promise<readonly HeldRow[]> {
    return this.work.transactional(async () => {
      const ids = checkpoints.flatMap((one) => [
        one.runId,
        ...one.childCancels,
        ...(one.parent === null ? [] : [one.parent.runId]),
      ]);
      const locked = new Map((await this.runs.lockRuns([...new Set(ids)])).map((run) => [run.id, run]));
      const held = await this.work.query<HeldRow>(statement);
      const isHeld = new Set(held.map(({ id }) => id));
      for (const one of checkpoints) if (isHeld.has(one.runId)) await this.reach(one, locked);
      return held;
    });
  }

  private async reach(one: RunCheckpoint, locked: ReadonlyMap<string, LockedRun>): Promise<void> {
    for (const child of one.childRuns) {
      // Sent again after a lost answer, the checkpoint finds its children.
      if ((await this.runs.findRun(child.id)) === null)
        await this.runs.create({ ...child, agentId: null, retryOfRunId: null });
    }
    for (const childId of one.childCancels)
      await this.tell(locked.get(childId), 'cancel', null, { by: `run ${one.runId}` });
    if (one.end === null || one.parent === null) return;
    const { runId, taskId } = one.parent;
    const { status, reason, output } = one.end;
    const json = childResult(one.runId, status, output);
    const isLarge = Buffer.byteLength(json) > INLINE_LIMIT_BYTES;
    if (isLarge) await this.runs.saveLargeResult(taskId, json);
    const result: JsonObject = isLarge ? { isLarge } : { result: JSON.parse(json) as JsonObject };
    const by = `run ${one.runId}`;
    await this.tell(locked.get(runId), 'childEnded', taskId, {
      by,
      runId: one.runId,
      status,
      reason,
      ...result,
    });
  }

  /** A run that has ended needs no word any more. */
  private async tell(
    run: LockedRun | undefined,
    kind: string,
    taskId: string | null,
    payload: JsonObject,
  ): Promise<void> {
    if (run === undefined || isTerminalRun(run.status)) return;
    if (await this.runs.hasPendingSignal(run.id, [kind], taskId)) return;
    await this.runs.addSignal({ runId: run.id, kind, taskId, payload }, run.isOwned);
  }
}

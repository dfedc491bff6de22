import { beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/common/ids.js';
import type { Plan } from '../../src/workflows/domain/plan.js';
import type { PlansStore } from '../../src/workflows/plans.store.port.js';
import { A_QUOTE, aPlan } from '../factories/plan.factory.js';
import { aDefinition } from '../factories/workflow.factory.js';

export interface OpenPlansStore {
  readonly store: PlansStore;
  /** Workflows that exist, without plans. */
  readonly workflows: readonly [string, string];
}

const DECIDED = new Date('2026-11-22T10:00:00.456Z');

/** What every store of plans does. `open` gives an empty store before each test. */
export function plansStoreContract(open: () => Promise<OpenPlansStore>): void {
  let store: PlansStore;
  let workflowId: string;
  let other: string;
  beforeEach(async () => {
    ({
      store,
      workflows: [workflowId, other],
    } = await open());
  });
  async function insert(overrides: Partial<Plan> = {}): Promise<Plan> {
    const plan = aPlan({ workflowId, ...overrides });
    await store.insert(plan);
    return plan;
  }

  it('reads a plan back with everything it has', async () => {
    const plan = await insert({
      ...{ version: 7, origin: 'model', source: 'cache', reason: 'allowed', status: 'rejected' },
      ...{
        request: 'Wärte 🦜 "so"\n',
        description: 'Ä',
        confidence: 0.25,
        costNanoUsd: 123_456_789_012_345n,
      },
      constraints: {
        maxTasks: 3,
        taskTypes: ['timer.*'],
        hosts: ['a.test'],
        deadlineSeconds: 0.5,
        budgetUsd: '1.500000000',
      },
      alternatives: [{ definition: aDefinition(2), confidence: null }],
      diagnostics: [{ code: 'fell_back', severity: 'warning', pointer: '/tasks/0', message: 'Ö' }],
      quote: { ...A_QUOTE, durationSeconds: { p50: 0.1, p95: 0.2 } },
      decidedAt: DECIDED,
    });
    expect(await store.find(plan.id)).toEqual(plan);
    expect(await store.findVersion(workflowId, 7)).toEqual(plan);
  });

  it('finds nothing where there is nothing', async () => {
    await insert();
    expect(await store.find(newId())).toBeNull();
    expect(await store.findVersion(workflowId, 2)).toBeNull();
    expect(await store.findVersion(other, 1)).toBeNull();
    expect(await store.findApproved(workflowId)).toBeNull();
    expect(await store.findApprovedHash(workflowId)).toBeNull();
    expect(await store.list(other, {}, null, 10)).toEqual([]);
  });

  it('counts versions of each workflow on their own', async () => {
    expect(await store.lastVersion(workflowId)).toBe(0);
    await insert({ version: 2 });
    await insert({ version: 10 });
    await insert({ workflowId: other, version: 1 });
    expect(await store.lastVersion(workflowId)).toBe(10);
    expect(await store.lastVersion(other)).toBe(1);
  });

  it('refuses a version that is taken', async () => {
    await insert();
    await expect(insert()).rejects.toThrow();
  });

  it('changes status and time of decision, nothing else', async () => {
    const plan = await insert();
    await store.setStatus(plan.id, 'approved', DECIDED);
    expect(await store.find(plan.id)).toEqual({ ...plan, status: 'approved', decidedAt: DECIDED });
  });

  it('knows the approved plan of a workflow, and none of a run', async () => {
    const plan = await insert({ version: 1, contentHash: 'b'.repeat(64) });
    await insert({
      version: 2,
      origin: 'adaptation',
      runId: newId(),
      status: 'approved',
      decidedAt: DECIDED,
    });
    expect(await store.findApproved(workflowId)).toBeNull();
    expect(await store.findApprovedHash(workflowId)).toBeNull();
    await store.setStatus(plan.id, 'approved', DECIDED);
    expect((await store.findApproved(workflowId))?.id).toBe(plan.id);
    expect(await store.findApprovedHash(workflowId)).toBe('b'.repeat(64));
    await store.setStatus(plan.id, 'superseded', DECIDED);
    expect(await store.findApproved(workflowId)).toBeNull();
    expect(await store.findApprovedHash(workflowId)).toBeNull();
  });

  describe('list', () => {
    it('gives summaries of one workflow in the order of their ids, page by page', async () => {
      const plans = [
        await insert({ version: 1 }),
        await insert({ version: 2 }),
        await insert({ version: 3 }),
      ];
      await insert({ workflowId: other });
      const [first, second] = await store.list(workflowId, {}, null, 2);
      expect([first?.id, second?.id]).toEqual([plans[0]?.id, plans[1]?.id]);
      expect((await store.list(workflowId, {}, second?.id ?? '', 2)).map(({ id }) => id)).toEqual([
        plans[2]?.id,
      ]);
      const {
        definition: _,
        alternatives: __,
        diagnostics: ___,
        constraints: ____,
        adaptation: _____,
        ...summary
      } = plans[0] as Plan;
      expect(first).toEqual(summary);
    });

    it('filters by status and origin', async () => {
      const manual = await insert({ version: 1, origin: 'manual', source: 'person', request: null });
      const rejected = await insert({ version: 2, status: 'rejected', decidedAt: DECIDED });
      const ids = async (filter: Parameters<PlansStore['list']>[1]) =>
        (await store.list(workflowId, filter, null, 10)).map(({ id }) => id);
      expect(await ids({ origin: 'manual' })).toEqual([manual.id]);
      expect(await ids({ status: 'rejected' })).toEqual([rejected.id]);
      expect(await ids({ origin: 'manual', status: 'rejected' })).toEqual([]);
    });
  });
}

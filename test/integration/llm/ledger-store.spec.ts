import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '../../../src/common/ids.js';
import { LedgerStatements } from '../../../src/llm/budget/adapters/ledger-statements.js';
import { PostgresLedgerStore } from '../../../src/llm/budget/adapters/postgres-ledger.store.js';
import type { Scope } from '../../../src/llm/budget/domain/budget.js';
import type { Reservation, Settlement } from '../../../src/llm/budget/ledger.port.js';
import { openTestOrm, type TestOrm } from '../../support/test-orm.js';

const DEFAULTS = { total: 1_000n, workflow: 300n };

let orm: TestOrm;
let store: PostgresLedgerStore;
let statements: LedgerStatements;
beforeAll(async () => {
  orm = await openTestOrm([]);
  statements = new LedgerStatements({ url: orm.database.url, poolSize: 2 });
});
afterAll(async () => {
  await statements.onApplicationShutdown();
  await orm.close();
});
const makeStore = () => new PostgresLedgerStore(orm.work, statements);
beforeEach(async () => {
  await orm.database.query('truncate llm_interactions, budgets');
  await orm.database.query(`insert into budgets (scope) values ('total')`);
  await orm.database.query('delete from agents');
  store = makeStore();
});

const reservation = (bound: bigint, changes: Partial<Reservation> = {}): Reservation => ({
  ...{ id: newId(), callId: newId(), attempt: 1, bound, expiresInSeconds: 60 },
  ...{ agentId: null, workflowId: null, runId: null, taskId: null },
  ...{ interactionType: 'test', provider: 'p', model: 'm', promptVersion: 'test@1', priceVersion: 'v' },
  ...changes,
});
const settlement = (id: string, cost: bigint, changes: Partial<Settlement> = {}): Settlement => ({
  ...{ id, cost, outcome: 'answered', usage: { inputTokens: 3, outputTokens: 4 }, latencyMs: 5 },
  ...{ requestId: 'r-1', prompt: { user: 'hello' }, response: 'world' },
  ...changes,
});
const budgetOf = async (scope: Scope) => (await store.find([scope]))[0];
const rows = () => orm.database.query('select * from llm_interactions order by created_at, id');
async function agent(): Promise<string> {
  const id = newId();
  await orm.database.query(`insert into agents (id, name) values ($1, 'a')`, [id]);
  return id;
}

describe('reserve', () => {
  it('holds the bound in every scope of a call and writes its row', async () => {
    const [workflowId, agentId] = [newId(), newId()];
    const call = reservation(100n, { workflowId, agentId });
    expect(await store.reserve([call], DEFAULTS)).toEqual([{ admitted: true }]);
    for (const scope of ['total', `workflow:${workflowId}`, `agent:${agentId}`] as const)
      expect(await budgetOf(scope)).toMatchObject({ scope, reserved: 100n, spent: 0n });
    expect(await rows()).toMatchObject([
      { id: call.id, bound_nano: '100', settled_at: null, cost_nano: '0' },
    ]);
  });

  it('refuses what a budget has not left and counts it there', async () => {
    const workflowId = newId();
    const verdicts = await store.reserve(
      [200n, 200n, 100n].map((bound) => reservation(bound, { workflowId })),
      DEFAULTS,
    );
    expect(verdicts).toEqual([
      { admitted: true },
      { admitted: false, exhausted: `workflow:${workflowId}` },
      { admitted: true },
    ]);
    expect(await budgetOf(`workflow:${workflowId}`)).toMatchObject({ reserved: 300n, refusedCount: 1n });
    expect(await rows()).toHaveLength(2);
  });

  it('keeps to a limit when many transactions want the last of it', async () => {
    await store.setLimit('total', 500n);
    const others = Array.from({ length: 4 }, () => makeStore());
    const verdicts = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        (others[index % 4] as PostgresLedgerStore).reserve(
          [reservation(60n, { workflowId: newId(), agentId: newId() })],
          DEFAULTS,
        ),
      ),
    );
    expect(verdicts.flat().filter(({ admitted }) => admitted)).toHaveLength(8);
    expect(await budgetOf('total')).toMatchObject({ reserved: 480n, refusedCount: 32n });
  });

  it('makes a budget again that was deleted behind its back', async () => {
    const workflowId = newId();
    await store.reserve([reservation(1n, { workflowId })], DEFAULTS);
    await orm.database.query('delete from budgets where scope <> $1', ['total']);
    expect(await store.reserve([reservation(1n, { workflowId })], DEFAULTS)).toEqual([{ admitted: true }]);
  });
});

describe('settle', () => {
  it('books the cost in budgets, agent and the row of the call', async () => {
    const agentId = await agent();
    const call = reservation(100n, { agentId });
    await store.reserve([call], DEFAULTS);
    await store.settle([settlement(call.id, 30n)]);
    expect(await budgetOf('total')).toMatchObject({ reserved: 0n, spent: 30n, overrun: 0n });
    expect(await budgetOf(`agent:${agentId}`)).toMatchObject({ reserved: 0n, spent: 30n });
    expect(await rows()).toMatchObject([
      {
        ...{ outcome: 'answered', cost_nano: '30', input_tokens: '3', cached_input_tokens: null },
        ...{ latency_ms: 5, request_id: 'r-1', prompt: { user: 'hello' }, response: 'world' },
      },
    ]);
    expect(await orm.database.query('select llm_calls_count, llm_cost_spent from agents')).toEqual([
      { llm_calls_count: '1', llm_cost_spent: '30' },
    ]);
  });

  it('does nothing a second time', async () => {
    const agentId = await agent();
    const call = reservation(100n, { agentId });
    await store.reserve([call], DEFAULTS);
    await store.settle([settlement(call.id, 30n)]);
    await store.settle([settlement(call.id, 90n)]);
    expect(await budgetOf('total')).toMatchObject({ reserved: 0n, spent: 30n });
    expect(await orm.database.query('select llm_calls_count from agents')).toEqual([
      { llm_calls_count: '1' },
    ]);
  });

  it('books many calls of one batch, each in its own scopes', async () => {
    const [a, b] = [await agent(), await agent()];
    const calls = [
      reservation(100n, { agentId: a }),
      reservation(100n, { agentId: b }),
      reservation(100n, { agentId: a }),
    ];
    await store.reserve(calls, DEFAULTS);
    await store.settle(calls.map(({ id }, index) => settlement(id, BigInt(index + 1))));
    expect(await budgetOf('total')).toMatchObject({ reserved: 0n, spent: 6n });
    expect(await budgetOf(`agent:${a}`)).toMatchObject({ reserved: 0n, spent: 4n });
    expect(await budgetOf(`agent:${b}`)).toMatchObject({ reserved: 0n, spent: 2n });
  });

  it('books more than the bound as overrun and closes the budgets until somebody sets a limit', async () => {
    const call = reservation(100n);
    await store.reserve([call], DEFAULTS);
    expect(await store.settle([settlement(call.id, 130n)])).toEqual({ overrun: ['total'] });
    expect(await budgetOf('total')).toMatchObject({ reserved: 0n, spent: 130n, overrun: 30n });
    const next = () => store.reserve([reservation(1n)], DEFAULTS);
    expect(await next()).toEqual([{ admitted: false, exhausted: 'total' }]);
    await store.setLimit('total', 1_000n);
    expect(await next()).toEqual([{ admitted: true }]);
  });
});

describe('expire', () => {
  it('charges in full what nobody settled in time, once', async () => {
    const agentId = await agent();
    const late = reservation(100n, { agentId, expiresInSeconds: -1 });
    await store.reserve([late, reservation(50n, { agentId })], DEFAULTS);
    expect(await store.expire(10)).toBe(1);
    expect(await store.expire(10)).toBe(0);
    expect(await budgetOf('total')).toMatchObject({ reserved: 50n, spent: 100n });
    expect((await rows()).find(({ id }) => id === late.id)).toMatchObject({
      outcome: 'expired',
      cost_nano: '100',
    });
  });

  it('is corrected by a settlement that comes later', async () => {
    const agentId = await agent();
    const late = reservation(100n, { agentId, expiresInSeconds: -1 });
    await store.reserve([late], DEFAULTS);
    await store.expire(10);
    await store.settle([settlement(late.id, 20n)]);
    expect(await budgetOf('total')).toMatchObject({ reserved: 0n, spent: 20n });
    expect(await rows()).toMatchObject([{ outcome: 'answered', cost_nano: '20' }]);
    expect(await orm.database.query('select llm_calls_count, llm_cost_spent from agents')).toEqual([
      { llm_calls_count: '1', llm_cost_spent: '20' },
    ]);
  });
});

describe('setLimit', () => {
  it('starts a new period when it changes the period', async () => {
    await store.setLimit('total', 100n, 'day');
    await store.reserve([reservation(80n)], DEFAULTS);
    await orm.database.query(
      `update budgets set period_start = period_start - interval '1 day', spent_nano = 90, reserved_nano = 0`,
    );
    expect(await store.reserve([reservation(100n)], DEFAULTS)).toEqual([{ admitted: true }]);
    expect(await budgetOf('total')).toMatchObject({ period: 'day', periodBase: 90n, reserved: 100n });
  });

  it('takes a limit away again', async () => {
    await store.setLimit('workflow:w', 1n);
    expect(await store.setLimit('workflow:w', null)).toMatchObject({ scope: 'workflow:w', limit: null });
  });

  it('is listed, the total first', async () => {
    await store.setLimit('workflow:w', 1n);
    await store.setLimit('agent:a', 1n);
    expect((await store.list(null, 2)).map(({ scope }) => scope)).toEqual(['total', 'agent:a']);
    expect((await store.list('agent:a', 2)).map(({ scope }) => scope)).toEqual(['workflow:w']);
    expect((await store.list('total', 9)).map(({ scope }) => scope)).toEqual(['agent:a', 'workflow:w']);
  });
});

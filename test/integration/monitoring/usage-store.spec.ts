import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newId } from '../../../src/common/ids.js';
import { PostgresAnswerCountsStore } from '../../../src/llm/answers/adapters/postgres-answer-counts.store.js';
import { PostgresUsageStore } from '../../../src/monitoring/adapters/postgres-usage.store.js';
import { selectUsage } from '../../../src/monitoring/adapters/usage.sql.js';
import { DIMENSIONS, type Dimension } from '../../../src/monitoring/domain/usage.js';
import { openTestOrm, type TestOrm } from '../../support/test-orm.js';

const AGENTS = [null, newId(), newId()];
const WORKFLOWS = [null, newId()];
const FROM = new Date('2026-11-01T00:00:00.000Z');
const TO = new Date('2026-11-04T12:00:00.000Z');
const RANGE = { from: FROM, to: TO };
const LIMIT = 1_000;

let orm: TestOrm;
let store: PostgresUsageStore;
beforeAll(async () => {
  orm = await openTestOrm([]);
  store = new PostgresUsageStore(orm.work);
  // Days are of UTC wherever the server is; connections made from now on are elsewhere.
  await orm.database.query(
    `do $$ begin execute format('alter database %I set timezone to ''Pacific/Auckland''', current_database()); end $$`,
  );
  expect(await orm.work.query({ text: 'show timezone', values: [] })).toEqual([
    { TimeZone: 'Pacific/Auckland' },
  ]);
});
afterAll(() => orm.close());

interface Call {
  readonly createdAt: Date;
  readonly settled: boolean;
  readonly cost: bigint;
  readonly function: string;
  readonly provider: string;
  readonly model: string;
  readonly agent: string | null;
  readonly workflow: string | null;
  readonly outcome: string;
  readonly tokens: number | null;
  readonly latencyMs: number | null;
}

const callArbitrary: fc.Arbitrary<Call> = fc.record({
  // Also on the edges, and around midnight.
  createdAt: fc.oneof(
    fc.date({
      min: new Date('2026-10-31T20:00:00Z'),
      max: new Date('2026-11-04T20:00:00Z'),
      noInvalidDate: true,
    }),
    fc.constantFrom(FROM, TO, new Date('2026-11-02T00:00:00.000Z'), new Date('2026-11-01T23:59:59.999Z')),
  ),
  settled: fc.boolean(),
  cost: fc.bigInt({ min: 0n, max: 1_000_000_000_000_000n }),
  function: fc.constantFrom('f', 'g'),
  provider: fc.constantFrom('p', 'q'),
  model: fc.constantFrom('m', 'n', 'o'),
  agent: fc.constantFrom(...AGENTS),
  workflow: fc.constantFrom(...WORKFLOWS),
  outcome: fc.constantFrom('answered', 'invalid', 'expired'),
  tokens: fc.option(fc.nat(1_000_000)),
  latencyMs: fc.option(fc.nat(100_000)),
});

async function record(calls: readonly Call[]): Promise<void> {
  await orm.database.query('truncate llm_interactions');
  const column = (of: (call: Call) => unknown) => calls.map(of);
  await orm.database.query(
    `insert into llm_interactions (id, call_id, attempt, scopes, prompt_version, price_version, bound_nano, expires_at,
       created_at, settled_at, cost_nano, interaction_type, provider, model, agent_id, workflow_id, outcome,
       input_tokens, output_tokens, latency_ms)
     select gen_random_uuid(), gen_random_uuid(), 1, '{}', 'v', 'v', 1, now(), c, case when s then now() end,
       case when s then n else 0 end, f, p, m, a, w, case when s then o end, t, t, l
     from unnest($1::timestamptz[], $2::boolean[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::uuid[],
       $8::uuid[], $9::text[], $10::bigint[], $11::integer[]) as x(c, s, n, f, p, m, a, w, o, t, l)`,
    [
      column(({ createdAt }) => createdAt.toISOString()),
      column(({ settled }) => settled),
      column(({ cost }) => cost.toString()),
      ...(['function', 'provider', 'model', 'agent', 'workflow', 'outcome'] as const).map((name) =>
        column((call) => call[name]),
      ),
      column(({ tokens }) => tokens),
      column(({ latencyMs }) => latencyMs),
    ],
  );
}

const keyOf = (call: Call, dimensions: readonly Dimension[]): string =>
  JSON.stringify(
    dimensions.map((dimension) =>
      dimension === 'day' ? call.createdAt.toISOString().slice(0, 10) : call[dimension],
    ),
  );
const isReported = ({ settled, createdAt }: Call): boolean => settled && createdAt >= FROM && createdAt < TO;
const costOf = (calls: readonly Call[]): bigint => calls.reduce((sum, { cost }) => sum + cost, 0n);
const tokensOf = (calls: readonly Call[]): number =>
  calls.reduce((sum, { tokens }) => sum + (tokens ?? 0), 0);
/** The smallest value that `share` of all do not exceed. */
function percentile(calls: readonly Call[], share: number): number | null {
  const sorted = calls.flatMap(({ latencyMs }) => latencyMs ?? []).sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}

const dimensionsArbitrary = fc.uniqueArray(fc.constantFrom(...DIMENSIONS), { maxLength: 4 });

describe('costs', () => {
  it('equal the ledger to the nano-dollar, in total and by whatever they are grouped', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(callArbitrary, { maxLength: 60 }),
        dimensionsArbitrary,
        async (calls, dimensions) => {
          await record(calls);
          const reported = calls.filter(isReported);
          const groups = Map.groupBy(reported, (call) => keyOf(call, dimensions));
          const { total, groups: found } = await store.costs(RANGE, dimensions, LIMIT);
          expect(total).toMatchObject({ cost: costOf(reported), calls: reported.length });
          expect(total.tokens).toMatchObject({
            inputTokens: tokensOf(reported),
            outputTokens: tokensOf(reported),
          });
          const actual = found.map(({ group, totals: { cost, calls: count } }) => [
            JSON.stringify(dimensions.map((dimension) => group[dimension])),
            { cost, count },
          ]);
          const wanted = dimensions.length === 0 ? [] : [...groups];
          expect(new Map(actual as [string, unknown][])).toEqual(
            new Map(wanted.map(([key, of]) => [key, { cost: costOf(of), count: of.length }])),
          );
          expect(found).toHaveLength(wanted.length);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('come dearest first, by day in order of days', async () => {
    const base = fc.sample(callArbitrary, 1)[0] as Call;
    const call = (day: number, model: string, cost: bigint): Call => ({
      ...{ ...base, settled: true, model, cost },
      createdAt: new Date(Date.UTC(2026, 10, day, 12)),
    });
    await record([call(2, 'm', 5n), call(1, 'm', 1n), call(1, 'n', 3n), call(3, 'o', 4n)]);
    const models = await store.costs(RANGE, ['model'], LIMIT);
    expect(models.groups.map(({ group }) => group.model)).toEqual(['m', 'o', 'n']);
    const days = await store.costs(RANGE, ['model', 'day'], LIMIT);
    expect(days.groups.map(({ group }) => `${group.day} ${group.model}`)).toEqual([
      ...['2026-11-01 n', '2026-11-01 m', '2026-11-02 m', '2026-11-03 o'],
    ]);
    expect((await store.costs(RANGE, ['model'], 2)).groups).toHaveLength(2);
  });

  it('are read by the indexes on times', async () => {
    const { text, values } = selectUsage(RANGE, ['function', 'agent'], LIMIT);
    const plan = await orm.work.transactional(async () => {
      // These tables are too small for an index to be worth it.
      await orm.work.query({ text: 'set local enable_seqscan = off', values: [] });
      return orm.work.query<{ 'QUERY PLAN': string }>({ text: `explain ${text}`, values });
    });
    const lines = plan.map((row) => row['QUERY PLAN']).join('\n');
    for (const index of ['llm_interactions_created_at', 'llm_answers_hour'])
      expect(lines).toMatch(new RegExp(`Index Scan (using|on) ${index}`));
  });
});

describe('usage', () => {
  it('has success and latency of calls', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(callArbitrary, { maxLength: 40 }), async (calls) => {
        await record(calls);
        const reported = calls.filter(isReported);
        const { total, groups } = await store.usage(RANGE, ['model'], LIMIT);
        const expected = (of: readonly Call[]) => ({
          ...{ calls: of.length, cost: costOf(of) },
          answered: of.filter(({ outcome }) => outcome === 'answered').length,
          latencyMs: { p50: percentile(of, 0.5), p95: percentile(of, 0.95) },
        });
        expect(total).toMatchObject(expected(reported));
        const byModel = Map.groupBy(reported, ({ model }) => model);
        expect(groups).toHaveLength(byModel.size);
        for (const { group, totals } of groups)
          expect(totals).toMatchObject(expected(byModel.get(group.model as string) ?? []));
      }),
      { numRuns: 30 },
    );
  });

  it('has answers beside calls, also where there was no call, but not by model', async () => {
    const base = fc.sample(callArbitrary, 1)[0] as Call;
    await record([{ ...base, settled: true, function: 'f', createdAt: FROM, cost: 7n, agent: null }]);
    const counts = new PostgresAnswerCountsStore(orm.work);
    const count = { agentId: null, workflowId: null, reason: 'allowed' } as const;
    const at = (hour: string) => new Date(`2026-11-0${hour}:00:00.000Z`);
    await counts.add([
      { ...count, hour: at('1T00'), functionName: 'f', source: 'cache', answers: 3 },
      { ...count, hour: at('2T10'), functionName: 'f', source: 'model', answers: 1 },
      { ...count, hour: at('4T11'), functionName: 'g', source: 'twin', reason: 'refused', answers: 2 },
      { ...count, hour: at('4T12'), functionName: 'g', source: 'twin', answers: 99 },
    ]);
    // A second time they add up.
    await counts.add([{ ...count, hour: at('4T11'), functionName: 'g', source: 'rule', answers: 4 }]);
    await counts.add([{ ...count, hour: at('4T11'), functionName: 'g', source: 'rule', answers: 1 }]);
    const { total, groups } = await store.usage(RANGE, ['function', 'agent'], LIMIT);
    expect(total).toMatchObject({ calls: 1, answers: { model: 1, cache: 3, rule: 5, twin: 2 } });
    expect(
      groups.map(({ group, totals: { calls, cost, answers } }) => ({ group, calls, cost, answers })),
    ).toEqual([
      {
        ...{ group: { function: 'f', agent: null }, calls: 1, cost: 7n },
        answers: { model: 1, cache: 3, rule: 0, twin: 0 },
      },
      {
        ...{ group: { function: 'g', agent: null }, calls: 0, cost: 0n },
        answers: { model: 0, cache: 0, rule: 5, twin: 2 },
      },
    ]);
    const byModel = await store.usage(RANGE, ['model', 'function'], LIMIT);
    expect(byModel.total.answers).toEqual({ model: 1, cache: 3, rule: 5, twin: 2 });
    expect(byModel.groups.map(({ totals }) => totals.answers)).toEqual([null]);
  });
});

import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { eventually } from '../../support/eventually.js';
import { Chance } from '../chaos/chance.js';
import type { Replacement } from '../chaos/member.js';
import type { BrokenRule, Query } from '../invariants.js';
import { BillingProvider, MIXES, MODEL, type ProviderSettings } from './billing-provider.js';
import { Fleet } from './fleet.js';
import { FORGET_MONEY, RECORD_MONEY } from './history.js';
import type { PlannedCall, StoreSettings } from './messages.js';
import { brokenMoneyRules, largestAdmitted } from './money-rules.js';
import { boundOf, makeWorld, planCalls, type PlanSettings, type World } from './plan.js';
import { brokenProviderRules } from './provider-rules.js';

/** LLM_COST_BUDGET of testLlmSettings. */
const TOTAL_DEFAULT = 100_000_000_000n;
const BOOK_WITHIN_MS = 10_000;

export interface HarnessSettings {
  readonly seed: number;
  /** Limit of workflows that have none of their own. */
  readonly workflowLimitNanoUsd: bigint;
  readonly replacements?: readonly Replacement[];
}

export interface Scenario {
  readonly provider: Omit<ProviderSettings, 'seed'>;
  readonly store: StoreSettings;
}

export interface Result {
  readonly seed: number;
  readonly broken: readonly BrokenRule[];
  readonly calls: number;
  /** Attempts that were admitted, so rows of the ledger. */
  readonly admitted: number;
  readonly requests: number;
  /** Calls that ended so. */
  readonly reasons: Readonly<Record<string, number>>;
  readonly kills: number;
  /** Calls whose process was killed. */
  readonly killed: number;
  readonly expired: number;
  readonly largest: { readonly sum: bigint; readonly limit: bigint };
}

interface Parts {
  readonly chance: Chance;
  readonly provider: BillingProvider;
  readonly fleet: Fleet;
  readonly world: World;
}

/** Four processes of Tandem, a provider and a ledger that is watched. */
export class Harness {
  readonly chance: Chance;
  readonly provider: BillingProvider;
  readonly fleet: Fleet;
  readonly world: World;
  /** Bytes of a request besides its text. */
  private overhead = 0;

  private constructor(
    private readonly settings: HarnessSettings,
    readonly database: TestDatabase,
    private readonly pool: pg.Pool,
    { chance, provider, fleet, world }: Parts,
  ) {
    this.chance = chance;
    this.provider = provider;
    this.fleet = fleet;
    this.world = world;
  }

  static async start(settings: HarnessSettings): Promise<Harness> {
    const database = await createTestDatabase();
    // Kept open: new connections may be refused for a while.
    const pool = new pg.Pool({ connectionString: database.url, max: 4, min: 4, idleTimeoutMillis: 0 });
    pool.on('error', () => undefined);
    const query = queryOf(pool);
    await query(RECORD_MONEY);
    const chance = new Chance(settings.seed);
    const world = await makeWorld(query, chance);
    const provider = await BillingProvider.start(query);
    const { workflowLimitNanoUsd, replacements = [] } = settings;
    try {
      const fleet = await Fleet.start({
        ...{ databaseUrl: database.url, providerUrl: provider.url, model: MODEL },
        ...{ workflowLimitNanoUsd, replacements },
      });
      return new Harness(settings, database, pool, { chance, provider, fleet, world });
    } catch (error) {
      await Promise.all([provider.close(), pool.end()]);
      await database.drop();
      throw error;
    }
  }

  get query(): Query {
    return queryOf(this.pool);
  }

  /** Forgets all money, then plays and looks what broke. */
  async play({ provider, store }: Scenario, scenes: () => Promise<number>): Promise<Result> {
    const { seed } = this.settings;
    this.fleet.use({ isNaive: false, lossChance: 0 });
    await this.begin({ ...provider, seed, mix: MIXES.fine, latencyMs: [0, 0] });
    const [probe] = this.plan(1, { timeoutMs: 10_000, isUniform: true }) as [PlannedCall];
    await this.fleet.ask([probe]);
    this.overhead = (this.provider.visits[0]?.bytes ?? Number.NaN) - probe.text.length;
    await this.begin({ ...provider, seed });
    this.fleet.use(store);
    const calls = await scenes();
    const unbooked = await this.settleAll();
    const { broken, ...result } = await this.result(calls);
    return { ...result, broken: [...unbooked, ...broken] };
  }

  plan(count: number, settings: PlanSettings): PlannedCall[] {
    return planCalls(this.chance, this.world, count, settings);
  }

  /** Upper bounds of their first attempts. */
  boundOf(calls: readonly PlannedCall[]): bigint {
    return calls.reduce(
      (all, { text, maxOutputTokens }) => all + boundOf(this.overhead + text.length, maxOutputTokens),
      0n,
    );
  }

  async limit(scope: string, limitNanoUsd: bigint): Promise<void> {
    await this.query(
      `insert into budgets (scope, limit_nano) values ($1, $2)
       on conflict (scope) do update set limit_nano = excluded.limit_nano`,
      [scope, limitNanoUsd.toString()],
    );
  }

  /** What an agent spent yesterday is on record, and counts as nothing today. */
  async spentYesterday(agentId: string, spentNanoUsd: bigint): Promise<void> {
    await this.query(
      `with call as (
         insert into llm_interactions (id, call_id, attempt, agent_id, scopes, interaction_type, provider, model,
           prompt_version, price_version, bound_nano, cost_nano, outcome, created_at, expires_at, settled_at)
         select $1::uuid, $1::uuid, 1, $1::uuid, array['agent:' || $1], 'harness', 'openai', 'old', 'harness@1', 'old', $2, $2,
           'answered', at, at, at from (select now() - interval '1 day' as at) yesterday
       ), counted as (
         update agents set llm_calls_count = 1, llm_cost_spent = $2 where id = $1::uuid
       )
       insert into budgets (scope, spent_nano, period, period_start)
       values ('agent:' || $1, $2, 'day', date_trunc('day', now() - interval '1 day', 'UTC'))`,
      [agentId, spentNanoUsd.toString()],
    );
  }

  /** Makes time pass for some of the calls under way; the reaper charges them under the hands of their callers. */
  async expire(share: number): Promise<void> {
    await this.query(
      `update llm_interactions set expires_at = now() - interval '1 second' where id in (
         select id from llm_interactions where settled_at is null and random() < $1
         order by id for no key update skip locked)`,
      [share],
    );
    await this.fleet.living[0]?.reap();
  }

  async close(): Promise<void> {
    await this.fleet.close();
    await this.provider.close();
    await this.pool.end();
    await this.database.drop();
  }

  private async begin(settings: ProviderSettings): Promise<void> {
    this.provider.begin(settings);
    this.fleet.endings = [];
    this.fleet.killed = [];
    this.fleet.kills = 0;
    this.fleet.lost = [];
    await this.query(FORGET_MONEY);
  }

  /** Whoever lives books what it asked; the reaper does the rest. */
  private async settleAll(): Promise<BrokenRule[]> {
    const unbooked = () =>
      this.query<{ task_id: string; outcome: string }>(
        `select task_id, coalesce(outcome, 'open') as outcome from llm_interactions
         where coalesce(outcome, 'expired') = 'expired' and task_id <> all($1::uuid[])`,
        [[...this.unknown]],
      );
    const broken: BrokenRule[] = [];
    await eventually(async () => (await unbooked()).length === 0, { withinMs: BOOK_WITHIN_MS }).catch(
      async () => {
        for (const { task_id, outcome } of await unbooked())
          broken.push({ rule: 'whoever lives books what it asked', detail: `${task_id} is ${outcome}` });
      },
    );
    await this.expire(1);
    return broken;
  }

  /** Calls of which nobody who lives knows what they cost. */
  private get unknown(): ReadonlySet<string> {
    const { killed, lost } = this.fleet;
    return new Set([...killed.map(({ context }) => context.taskId), ...lost]);
  }

  private async result(calls: number): Promise<Result> {
    const { query, fleet, provider } = this;
    const { seed, workflowLimitNanoUsd } = this.settings;
    const limits = { totalNanoUsd: TOTAL_DEFAULT, workflowNanoUsd: workflowLimitNanoUsd };
    const [rows] = await query<{ admitted: number; expired: number }>(
      `select count(*)::integer as admitted, count(*) filter (where outcome = 'expired')::integer as expired from llm_interactions`,
    );
    const reasons: Record<string, number> = {};
    for (const { reason } of fleet.endings) reasons[reason] = (reasons[reason] ?? 0) + 1;
    const strays = provider.errors.splice(0).map((detail) => ({ rule: 'the provider works', detail }));
    return {
      ...{ seed, calls, requests: provider.visits.length, reasons, kills: fleet.kills },
      killed: fleet.killed.length,
      ...{
        admitted: rows?.admitted ?? 0,
        expired: rows?.expired ?? 0,
        largest: await largestAdmitted(query),
      },
      broken: [
        ...(await brokenMoneyRules(query, limits)),
        ...(await brokenProviderRules(query, provider.visits, fleet.endings, this.unknown)),
        ...fleet.broken.splice(0),
        ...strays,
      ],
    };
  }
}

const queryOf =
  (pool: pg.Pool): Query =>
  async <Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) =>
    (await pool.query<Row>(text, [...values])).rows;

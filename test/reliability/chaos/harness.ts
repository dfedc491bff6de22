import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { eventually } from '../../support/eventually.js';
import { RestartableServer } from '../../support/restartable-server.js';
import { type BrokenRule, type Query, watch } from '../invariants.js';
import { RECORD_MONEY } from '../llm-budget/history.js';
import { brokenMoneyRules } from '../llm-budget/money-rules.js';
import { Chance } from './chance.js';
import { checkAll } from './checks.js';
import { Client } from './client.js';
import { Fleet } from './fleet.js';
import { Ledger } from './ledger.js';
import { Load } from './load.js';
import { ChanceModels } from './models.js';
import type { Replacement } from './member.js';
import { People } from './people.js';
import { makeHelpedWorkflows, makeQuickWorkflow, makeWorkflows } from './workflows.js';

const SIZE = 3;
const HEALTHY_WITHIN_MS = 20_000;
const BOOKED_WITHIN_MS = 150_000;
const DEFAULT_LIMITS = { totalNanoUsd: 100_000_000_000n, workflowNanoUsd: 10_000_000_000n };
/** In every process of the harness: a job is rotated after 2 s, not after half a day. */
const HASTENED: Replacement = {
  file: 'src/execution/engine/run-worker.ts',
  text: 'const ROTATE_AFTER_MS = 12 * 3_600_000;',
  by: 'const ROTATE_AFTER_MS = 2_000;',
};

export interface HarnessOptions {
  readonly seed: number;
  readonly replacements?: readonly Replacement[];
  readonly runsPerSecond?: number;
  /** Also runs that sleep for more than 10 s; the default. */
  readonly hasLong?: boolean;
  /** Also models, which agents of all levels may be helped by. */
  readonly hasModels?: boolean;
  /** Lets other processes of the machine go first; by default it does not. */
  readonly isModest?: boolean;
  readonly report: (line: string) => void;
}

interface Parts {
  readonly chance: Chance;
  readonly server: RestartableServer;
  readonly pool: pg.Pool;
  readonly ledger: Ledger;
  readonly fleet: Fleet;
  readonly client: Client;
  readonly load: Load;
  readonly people: People;
  /** null: without models. */
  readonly models: ChanceModels | null;
}

/** Three processes, their PostgreSQL, the ledger, the load and the people, for some rounds of faults. */
export class Harness {
  private readonly checked = new Set<string>();
  private readonly known = new Set<string>();

  private constructor(
    readonly options: HarnessOptions,
    readonly parts: Parts,
    private readonly quickWorkflowId: string,
    private readonly cache: string,
  ) {}

  static async start(options: HarnessOptions): Promise<Harness> {
    const { seed, replacements = [], isModest = false, report } = options;
    const chance = new Chance(seed);
    const cache = mkdtempSync(join(tmpdir(), 'tandem-chaos-cache-'));
    const server = await RestartableServer.start();
    await server.migrate();
    const pool = new pg.Pool({ connectionString: server.url, max: 6, connectionTimeoutMillis: 2_000 });
    pool.on('error', () => undefined);
    const query = queryOf(pool);
    await watch(query);
    const ledger = await Ledger.start(chance);
    const models = options.hasModels === true ? await ChanceModels.start(chance) : null;
    if (models !== null) await query(RECORD_MONEY);
    const fleet = await Fleet.start(
      SIZE,
      {
        databaseUrl: server.url,
        ledgerUrl: ledger.url,
        modelsUrl: models?.url ?? '',
        cache,
        replacements: [HASTENED, ...replacements],
        isModest,
      },
      chance,
    );
    const client = new Client(fleet);
    const workflows = await makeWorkflows(client, options.hasLong ?? true);
    if (models !== null) workflows.push(...(await makeHelpedWorkflows(client)));
    const load = new Load(client, query, chance, workflows);
    const people = new People(client, query, ledger, chance);
    report(`${SIZE} processes serve; a start takes ${(fleet.startTimes.at(-1) ?? 0).toFixed(0)} ms`);
    const quick = await makeQuickWorkflow(client);
    const parts = { chance, server, pool, ledger, fleet, client, load, people, models };
    return new Harness(options, parts, quick, cache);
  }

  get query(): Query {
    return queryOf(this.parts.pool);
  }

  begin(): void {
    this.parts.people.start();
    this.parts.load.start(this.options.runsPerSecond ?? 5);
  }

  /** Ends the faults and the load; true when every run has ended within the time. */
  async settle(withinMs: number): Promise<boolean> {
    await this.parts.fleet.heal();
    await this.parts.load.stop();
    const isSettled = await eventually(
      async () => {
        const [row] = await this.query<{ open: number }>(
          'select count(*)::integer as open from runs where finished_at is null',
        );
        return row?.open === 0;
      },
      { withinMs, what: 'The end of all runs' },
    ).catch(() => false);
    await this.parts.people.stop();
    return isSettled;
  }

  /** Every process answers, and takes part in the work. */
  async unwell(): Promise<BrokenRule[]> {
    const broken: BrokenRule[] = [];
    for (const { number, member } of this.parts.fleet.places) {
      const look = async (): Promise<boolean> =>
        (await fetch(`${member?.origin}/health/live`, { signal: AbortSignal.timeout(3_000) })).ok &&
        (await fetch(`${member?.origin}/health/ready`, { signal: AbortSignal.timeout(3_000) })).ok;
      await eventually(look, { withinMs: HEALTHY_WITHIN_MS }).catch((error: Error) =>
        broken.push({
          rule: 'I8 every process answers',
          detail: `process ${number}: ${error.message} ${member?.log.slice(-800)}`,
        }),
      );
    }
    return [...broken, ...(await this.idle())];
  }

  /** Stored, watched, counted by the ledger, seen by the client: what was not reported before. */
  async brokenSoFar(): Promise<{ broken: BrokenRule[]; runs: number }> {
    const { checked } = this;
    const { load, ledger } = this.parts;
    const { broken, runs } = await checkAll(this.query, {
      acknowledged: load.acknowledged,
      ledger,
      checked,
    });
    const money = this.parts.models === null ? [] : await this.brokenMoney();
    const all = [...broken, ...money, ...this.parts.fleet.broken, ...this.parts.client.broken];
    const fresh = all.filter(({ rule, detail }) => !this.known.has(rule + detail));
    for (const { rule, detail } of fresh) this.known.add(rule + detail);
    return { broken: fresh, runs };
  }

  async close(): Promise<void> {
    this.parts.client.close();
    await Promise.all([this.parts.load.stop(), this.parts.people.stop()]);
    await this.parts.fleet.close();
    this.parts.ledger.close();
    await this.parts.models?.close();
    await this.parts.pool.end();
    await this.parts.server.close();
    rmSync(this.cache, { recursive: true, force: true });
  }

  /** Calls whose process died are booked by the reaper when their time is over. */
  private async brokenMoney(): Promise<BrokenRule[]> {
    const areSettled = async (): Promise<boolean> =>
      (await this.query('select from llm_interactions where settled_at is null limit 1')).length === 0;
    await eventually(areSettled, { withinMs: BOOKED_WITHIN_MS }).catch(() => undefined);
    return brokenMoneyRules(this.query, DEFAULT_LIMITS);
  }

  private async idle(): Promise<BrokenRule[]> {
    const [row] = await this.query<{ last: string }>('select coalesce(max(number), 0) as last from history');
    const ids = this.parts.fleet.members.flatMap(({ id }) => id ?? []);
    let idle = ids;
    const everybody = async (): Promise<boolean> => {
      await Promise.all(Array.from({ length: 12 }, () => this.parts.load.startRun(this.quickWorkflowId)));
      const took = await this.query<{ owner_id: string }>(
        'select distinct owner_id from history where number > $1 and owner_id = any($2::uuid[])',
        [row?.last, ids],
      );
      idle = ids.filter((id) => took.every(({ owner_id }) => owner_id !== id));
      return idle.length === 0;
    };
    await eventually(everybody, { withinMs: HEALTHY_WITHIN_MS }).catch(() => undefined);
    await eventually(async () => {
      const open = await this.query('select from runs where finished_at is null limit 1');
      return open.length === 0;
    }).catch(() => undefined);
    return idle.map((id) => {
      const log = this.parts.fleet.members.find((member) => member.id === id)?.log.slice(-800) ?? '';
      return {
        rule: 'I8 every process takes part',
        detail: `process ${id} takes no run; its log ends: ${log}`,
      };
    });
  }
}

const queryOf =
  (pool: pg.Pool): Query =>
  async <Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) =>
    (await pool.query<Row>(text, [...values])).rows;

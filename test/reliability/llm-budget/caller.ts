import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Replacement } from '../chaos/member.js';
import type { Ending, Order, PlannedCall, Report, StoreSettings } from './messages.js';

const ROOT = resolve(import.meta.dirname, '../../..');
const START_TIMEOUT_MS = 30_000;

export interface CallerSettings {
  readonly databaseUrl: string;
  readonly providerUrl: string;
  readonly model: string;
  readonly workflowLimitNanoUsd: bigint;
  /** Where compiled sources are kept. */
  readonly cache: string;
  readonly replacements: readonly Replacement[];
}

/** A process that asks models (llm-process.ts) as the harness sees it. */
export class Caller {
  log = '';
  /** Calls it was given and has not reported. */
  readonly underWay = new Map<string, PlannedCall>();
  onEnding: (ending: Ending, call: PlannedCall) => void = () => undefined;
  /** It ended, and the harness did not end it. */
  onDeath: (log: string) => void = () => undefined;
  onLost: (taskIds: readonly string[]) => void = () => undefined;
  private isExpected = false;
  private reaped: (() => void) | null = null;
  private readonly ended: Promise<unknown>;

  private constructor(private readonly child: ChildProcess) {
    this.ended = once(child, 'close').then(() => {
      if (!this.isExpected) this.onDeath(this.log.slice(-2_000));
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.log = (this.log + text).slice(-20_000)));
    child.on('message', (report: Report) => this.receive(report));
  }

  static async start(settings: CallerSettings): Promise<Caller> {
    const { PATH = '', HOME = '' } = process.env;
    const folder = mkdtempSync(join(tmpdir(), 'tandem-caller-'));
    const environment = {
      DATABASE_URL: settings.databaseUrl,
      DATA_FOLDER: folder,
      PROVIDER_URL: settings.providerUrl,
      MODEL: settings.model,
      WORKFLOW_LIMIT: settings.workflowLimitNanoUsd.toString(),
      CHAOS_CACHE: settings.cache,
      CHAOS_REPLACEMENTS: JSON.stringify(settings.replacements),
      NODE_COMPILE_CACHE: join(settings.cache, 'v8'),
    };
    const files = ['./test/reliability/chaos/loader.mjs', 'test/reliability/llm-budget/llm-process.ts'];
    const child = spawn(process.execPath, ['--no-warnings', '--import', ...files], {
      cwd: ROOT,
      env: { PATH, HOME, ...environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    child.once('close', () => rmSync(folder, { recursive: true, force: true }));
    const caller = new Caller(child);
    const ended = caller.ended.then(() => {
      throw new Error(`A process ended before it was ready:\n${caller.log}`);
    });
    const ready = once(child, 'message', { signal: AbortSignal.timeout(START_TIMEOUT_MS) });
    try {
      await Promise.race([ready, ended]);
    } catch (error) {
      await caller.kill();
      throw error;
    }
    ended.catch(() => undefined);
    return caller;
  }

  get isAlive(): boolean {
    return !this.isExpected && this.child.exitCode === null && this.child.signalCode === null;
  }

  ask(call: PlannedCall): void {
    this.underWay.set(call.context.taskId, call);
    this.tell({ type: 'ask', call });
  }

  use(settings: StoreSettings): void {
    this.tell({ type: 'store', settings });
  }

  /** Lets its reaper look once. */
  async reap(): Promise<void> {
    const { promise, resolve: reaped } = Promise.withResolvers<void>();
    this.reaped = reaped;
    this.tell({ type: 'reap' });
    await Promise.race([promise, this.ended]);
  }

  /** kill -9. What it reports from now on counts as lost on the way. */
  async kill(): Promise<void> {
    this.isExpected = true;
    this.child.kill('SIGKILL');
    await this.ended;
  }

  private tell(order: Order): void {
    this.child.send(order, () => undefined);
  }

  private receive(report: Report): void {
    if (report.type === 'reaped') this.reaped?.();
    if (report.type === 'lost') this.onLost(report.taskIds);
    if (report.type !== 'ended' || !this.isAlive) return;
    const call = this.underWay.get(report.ending.taskId);
    this.underWay.delete(report.ending.taskId);
    if (call !== undefined) this.onEnding(report.ending, call);
  }
}

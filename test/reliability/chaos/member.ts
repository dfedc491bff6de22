import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { setPriority, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { REACHED } from './die-at.js';

const ROOT = resolve(import.meta.dirname, '../../..');
const START_TIMEOUT_MS = 30_000;
const LOG_LENGTH = 20_000;
const MODEST_PRIORITY = 5;

/** A text of the sources that is replaced in the processes of a broken variant. */
export interface Replacement {
  readonly file: string;
  readonly text: string;
  readonly by: string;
}

export interface MemberSettings {
  readonly databaseUrl: string;
  readonly ledgerUrl: string;
  /** Of the provider of models; empty: there is none. */
  readonly modelsUrl: string;
  /** Where compiled sources are kept. */
  readonly cache: string;
  readonly replacements: readonly Replacement[];
  /** Lets other processes of the machine go first. */
  readonly isModest: boolean;
  /** `name` or `name:n` */
  readonly crashPoint: string | null;
}

interface Greeting {
  readonly origin: string;
  readonly id: string;
}

/** One process of Tandem (chaos-process.ts) as the harness sees it. */
export class Member {
  log = '';
  /** The harness has sent it SIGKILL. */
  killed = false;
  readonly ended: Promise<void>;
  private greeting: Greeting | null = null;

  private constructor(
    private readonly child: ChildProcess,
    readonly crashPoint: string | null,
  ) {
    this.ended = once(child, 'close').then(() => undefined);
    for (const stream of [child.stdout, child.stderr])
      stream
        ?.setEncoding('utf8')
        .on('data', (text: string) => (this.log = (this.log + text).slice(-LOG_LENGTH)));
  }

  /** Resolves when it serves, or has died at its crash point before. */
  static async start({
    databaseUrl,
    ledgerUrl,
    modelsUrl,
    cache,
    replacements,
    isModest,
    crashPoint,
  }: MemberSettings): Promise<Member> {
    const { PATH = '', HOME = '' } = process.env;
    const folder = mkdtempSync(join(tmpdir(), 'tandem-chaos-'));
    const environment = {
      DATABASE_URL: databaseUrl,
      DATA_FOLDER: folder,
      LEDGER_URL: ledgerUrl,
      MODELS_URL: modelsUrl,
      CHAOS_CACHE: cache,
      CHAOS_REPLACEMENTS: JSON.stringify(replacements),
      NODE_COMPILE_CACHE: join(cache, 'v8'),
      TANDEM_CRASH_POINT: crashPoint ?? '',
    };
    const files = [
      '--import',
      './test/reliability/chaos/loader.mjs',
      'test/reliability/chaos/chaos-process.ts',
    ];
    const child = spawn(process.execPath, ['--no-warnings', '--max-semi-space-size=32', ...files], {
      cwd: ROOT,
      env: { PATH, HOME, ...environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    if (isModest && child.pid !== undefined) setPriority(child.pid, MODEST_PRIORITY);
    child.once('close', () => rmSync(folder, { recursive: true, force: true }));
    const member = new Member(child, crashPoint);
    const greeted = once(child, 'message', { signal: AbortSignal.timeout(START_TIMEOUT_MS) });
    greeted.catch(() => undefined);
    const first = await Promise.race([greeted, member.ended]);
    if (first !== undefined) [member.greeting] = first as [Greeting];
    else if (!member.isExpectedEnd) throw new Error(`A process ended before it served:\n${member.log}`);
    return member;
  }

  get origin(): string | null {
    return this.isAlive ? (this.greeting?.origin ?? null) : null;
  }

  /** As an owner of runs. */
  get id(): string | null {
    return this.greeting?.id ?? null;
  }

  get isAlive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  get hasReachedPoint(): boolean {
    return this.log.includes(REACHED);
  }

  get isExpectedEnd(): boolean {
    return this.child.signalCode === 'SIGKILL' && (this.killed || this.hasReachedPoint);
  }

  describeEnd(): string {
    return `exit code ${this.child.exitCode}, signal ${this.child.signalCode}; its log ends: ${this.log.slice(-1_500)}`;
  }

  signal(name: 'SIGSTOP' | 'SIGCONT'): void {
    this.child.kill(name);
  }

  async kill(): Promise<void> {
    this.killed = true;
    this.child.kill('SIGKILL');
    await this.ended;
  }
}

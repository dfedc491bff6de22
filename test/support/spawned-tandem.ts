import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isAlive } from '../../src/database/embedded/start-lock.js';

const ROOT = resolve(import.meta.dirname, '../..');
const START_TIMEOUT_MS = 25_000;

/** A process of Tandem as it is started for real, from its sources. */
export class SpawnedTandem {
  output = '';
  errors = '';
  private readonly child: ChildProcess;
  private readonly ended: Promise<number | string>;
  private readonly ready: Promise<string>;

  constructor(environment: Readonly<Record<string, string>>) {
    const { PATH = '', HOME = '' } = process.env;
    this.child = spawn(process.execPath, ['--import', './scripts/ts-loader.mjs', 'src/main.ts'], {
      cwd: ROOT,
      env: { PATH, HOME, PORT: '0', LOG_LEVEL: 'warn', LOG_PRETTY: 'false', ...environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.errors += text));
    this.ended = once(this.child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
    this.ready = once(this.child, 'message', { signal: AbortSignal.timeout(START_TIMEOUT_MS) }).then(
      ([message]) => (message as { origin: string }).origin,
    );
    this.ready.catch(() => undefined);
  }

  get pid(): number {
    return this.child.pid as number;
  }

  /** Its address, once it serves. */
  async origin(): Promise<string> {
    const ended = this.ended.then((code) => {
      throw new Error(`Tandem ended with ${code} before it was ready:\n${this.errors}${this.output}`);
    });
    return Promise.race([this.ready, ended]);
  }

  /** Its exit code, or the signal that ended it. */
  exit(): Promise<number | string> {
    return this.ended;
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }
}

/** A data folder of its own and the processes on it; `clear()` leaves neither. */
export class DataFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'tandem-process-'));
  private readonly processes: SpawnedTandem[] = [];

  constructor() {
    // As root the embedded server runs under another uid, which has to be able to enter.
    chmodSync(this.path, 0o755);
  }

  start(environment: Readonly<Record<string, string>> = {}): SpawnedTandem {
    const started = new SpawnedTandem({ TANDEM_DATA_DIR: this.path, ...environment });
    this.processes.push(started);
    return started;
  }

  /** Process id of the embedded server; null when it is not running. */
  postgresPid(): number | null {
    const path = join(this.path, 'postgres/data/postmaster.pid');
    if (!existsSync(path)) return null;
    const pid = Number(readFileSync(path, 'utf8').split('\n')[0]);
    return pid > 0 && isAlive(pid) ? pid : null;
  }

  async clear(): Promise<void> {
    for (const started of this.processes) started.signal('SIGKILL');
    await Promise.all(this.processes.map((started) => started.exit()));
    const postgres = this.postgresPid();
    if (postgres !== null) process.kill(postgres, 'SIGQUIT');
    const deadline = Date.now() + 10_000;
    while (this.postgresPid() !== null && Date.now() < deadline) await new Promise(setImmediate);
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Asks until the answer is as wanted; fails with the last one after `timeoutMs`. */
export async function until<T>(
  ask: () => Promise<T>,
  isWanted: (answer: T) => boolean,
  timeoutMs = 15_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (isWanted(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`Still not as wanted: ${JSON.stringify(answer)}`);
    await new Promise((next) => setTimeout(next, 50));
  }
}

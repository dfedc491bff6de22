import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const START_TIMEOUT_MS = 30_000;

export interface WorkerSettings {
  readonly databaseUrl: string;
  readonly runSlots: number;
  readonly taskSlots: number;
  /** Of a server that answers like a provider; absent: there are no models. */
  readonly modelUrl?: string;
}

interface Greeting {
  readonly origin: string;
  readonly id: string;
}

/** A worker process (worker-process.ts) as its test sees it. */
export class Worker {
  /** Its log, warnings and worse. */
  log = '';
  private readonly ended: Promise<unknown>;

  private constructor(
    private readonly child: ChildProcess,
    private greeting: Greeting,
  ) {
    this.ended = once(child, 'close');
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.log += text));
  }

  static async start({ databaseUrl, runSlots, taskSlots, modelUrl }: WorkerSettings): Promise<Worker> {
    const { PATH = '', HOME = '' } = process.env;
    const folder = mkdtempSync(join(tmpdir(), 'tandem-worker-'));
    const environment = {
      DATABASE_URL: databaseUrl,
      ...(modelUrl === undefined ? {} : { MODEL_URL: modelUrl }),
      DATA_FOLDER: folder,
      RUN_SLOTS: String(runSlots),
      TASK_SLOTS: String(taskSlots),
    };
    const child = spawn(
      process.execPath,
      ['--import', './scripts/ts-loader.mjs', 'test/reliability/worker-process.ts'],
      { cwd: ROOT, env: { PATH, HOME, ...environment }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
    );
    child.once('close', () => rmSync(folder, { recursive: true, force: true }));
    const worker = new Worker(child, { origin: '', id: '' });
    const ended = worker.ended.then(() => {
      throw new Error(`The worker ended before it served:\n${worker.log}`);
    });
    const greeted = once(child, 'message', { signal: AbortSignal.timeout(START_TIMEOUT_MS) });
    [worker.greeting] = (await Promise.race([greeted, ended])) as [Greeting];
    return worker;
  }

  /** As an owner of runs. */
  get id(): string {
    return this.greeting.id;
  }

  get isAlive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  async stop(name: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    this.child.kill(name);
    await this.ended;
  }

  async post(path: string, body: unknown): Promise<{ readonly id: string }> {
    const answer = await fetch(`${this.greeting.origin}/api/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    return (await answer.json()) as { id: string };
  }

  async readiness(): Promise<number> {
    return (await fetch(`${this.greeting.origin}/health/ready`)).status;
  }
}

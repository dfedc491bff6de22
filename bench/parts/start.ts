import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ensureBuild, MAIN } from '../../scripts/lib/ensure-build.ts';
import type { PartReport } from '../figures.js';
import { waitUntilQuiet } from '../quiet.js';

const ROUNDS = 5;
const READY_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 20_000;
const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function residentMiB(pid: number): number {
  const status = `/proc/${pid}/status`;
  if (!existsSync(status)) return NaN;
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(status, 'utf8'))?.[1]) / 1024;
}

async function isReady(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => null);
  await answer?.body?.cancel();
  return answer?.status === 200;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const kill = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  await exited;
  clearTimeout(kill);
}

interface Started {
  readonly readyMs: number;
  readonly rssMiB: number;
}

async function startOnce(dataDirectory: string): Promise<Started> {
  const port = await freePort();
  const environment = { PATH: process.env['PATH'], TANDEM_DATA_DIR: dataDirectory, TANDEM_SAMPLE: 'off' };
  const start = performance.now();
  const child = spawn(process.execPath, [MAIN], {
    cwd: REPOSITORY,
    env: { ...environment, PORT: String(port), LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    while (!(await isReady(port))) {
      if (child.exitCode !== null) throw new Error(`dist/main.js ended with ${child.exitCode}.`);
      if (performance.now() - start > READY_LIMIT_MS) throw new Error('dist/main.js did not get ready.');
      await sleep(5);
    }
    return { readyMs: performance.now() - start, rssMiB: residentMiB(child.pid ?? 0) };
  } finally {
    await stop(child);
  }
}

/** What keeps dist/main.js from being there, null when it is. */
async function whyNotBuilt(): Promise<string | null> {
  try {
    await ensureBuild();
  } catch (error) {
    return `start: skipped, ${(error as Error).message}`;
  }
  return existsSync(MAIN) ? null : 'start: skipped, the build made no dist/main.js.';
}

/** `node dist/main.js` on a data folder that exists, PostgreSQL started by it, until it says that it is ready. */
export async function measureStart(folder: string): Promise<PartReport> {
  const problem = await whyNotBuilt();
  if (problem !== null) return { figures: [], notes: [problem] };
  const dataDirectory = join(folder, 'start');
  await startOnce(dataDirectory);
  const notes: string[] = [];
  const started: Started[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    notes.push(...(await waitUntilQuiet(`start, round ${round}`)));
    started.push(await startOnce(dataDirectory));
  }
  return {
    figures: [
      {
        name: 'start.ready',
        unit: 'ms',
        rounds: started.map(({ readyMs }) => readyMs),
        target: { atMost: 2_000 },
      },
      {
        name: 'start.rss',
        unit: 'MiB',
        rounds: started.map(({ rssMiB }) => rssMiB),
        target: { atMost: 260 },
      },
    ],
    notes,
  };
}

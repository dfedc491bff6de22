import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import { Api } from './api.ts';
import { ensureBuild, MAIN } from './ensure-build.ts';
import { ROOT } from './paths.ts';

/** A Tandem to talk to. `stop()` ends it when it was started for this. */
export interface TandemAtHand {
  readonly api: Api;
  readonly startedHere: boolean;
  stop(): Promise<void>;
}

const readySchema = z.object({ kind: z.literal('ready'), origin: z.url() });

async function isTandem(origin: string): Promise<boolean> {
  try {
    const answer = await fetch(`${origin}/api/v1/task-types/timer.wait`, {
      signal: AbortSignal.timeout(2_000),
    });
    return answer.ok;
  } catch {
    return false;
  }
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

/** Resolves with the address it serves; fails when it ends before, having said why on its own. */
function ready(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(readySchema.parse(message).origin));
    child.once('error', reject);
    child.once('exit', () => reject(new Error('Tandem did not start; see above.')));
  });
}

type Environment = Readonly<Record<string, string>>;

async function startTandem(more: Environment): Promise<TandemAtHand> {
  await ensureBuild();
  const env = { ...process.env, ...more, PORT: '0', LOG_LEVEL: 'warn', LOG_PRETTY: 'false' };
  const child = spawn(process.execPath, [MAIN], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const stop = (): Promise<void> => stopped(child);
  // Ctrl-C ends this program; the other one drains first.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void stop().then(() => process.exit(130)));
  return { api: new Api(await ready(child)), startedHere: true, stop };
}

/**
 * The Tandem at HOST and PORT (default 127.0.0.1:3000) when there is one, else one that is started for this, with `env`
 * besides the environment of this process.
 */
export async function findOrStartTandem(env: Environment = {}): Promise<TandemAtHand> {
  const { HOST = '127.0.0.1', PORT = '3000' } = process.env;
  const origin = `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${PORT}`;
  if (await isTandem(origin))
    return { api: new Api(origin), startedHere: false, stop: () => Promise.resolve() };
  return startTandem(env);
}

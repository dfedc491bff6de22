import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const MOCK = fileURLToPath(new URL('./mock.mjs', import.meta.url));
const LOOPBACK_ONLY = fileURLToPath(new URL('./loopback-only.mjs', import.meta.url));
const GATEWAY = fileURLToPath(
  new URL('../../node_modules/@portkey-ai/gateway/build/start-server.js', import.meta.url),
);
const START_MS = 20_000;

/** A server in a process of its own, on loopback. */
export class ServerProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  /** The mock of a provider. */
  static async startMock(): Promise<ServerProcess> {
    const child = spawn(process.execPath, [MOCK], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const [port] = (await once(child, 'message')) as [number];
    return new ServerProcess(child, `http://127.0.0.1:${port}`);
  }

  /** `@portkey-ai/gateway`, which hands requests on. */
  static async startGateway(): Promise<ServerProcess> {
    const port = await freePort();
    const args = ['--import', LOOPBACK_ONLY, GATEWAY, `--port=${port}`, '--headless'];
    // It takes requests for private addresses only where that is said.
    const env = { ...process.env, TRUSTED_CUSTOM_HOSTS: '127.0.0.1,localhost', NODE_ENV: 'production' };
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'], env });
    const url = `http://127.0.0.1:${port}`;
    const until = Date.now() + START_MS;
    while (!(await answers(url))) {
      if (Date.now() > until || child.exitCode !== null) throw new Error('The gateway did not start.');
      await sleep(100);
    }
    return new ServerProcess(child, url);
  }

  /** How many requests the mock got. */
  async requests(): Promise<number> {
    return Number(await (await fetch(this.url)).text());
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    this.child.kill();
    await once(this.child, 'exit');
  }
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

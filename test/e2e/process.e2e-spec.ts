import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isAlive } from '../../src/database/embedded/start-lock.js';
import { DataFolder, type SpawnedTandem, until } from '../support/spawned-tandem.js';

const SAMPLE_WORKFLOW = '01920000-0000-7000-8000-000000000002';
const SAMPLE_AGENT = '01920000-0000-7000-8000-000000000001';
const LIMIT_MS = 60_000;

interface Run {
  readonly id: string;
  readonly status: string;
  readonly output: Record<string, unknown>;
}

async function call<T>(origin: string, path: string, body?: object): Promise<T> {
  const init = body && {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  return (await (await fetch(`${origin}/api/v1${path}`, init)).json()) as T;
}

const runsOf = async (origin: string, workflowId: string): Promise<Run[]> =>
  (await call<{ items: Run[] }>(origin, `/runs?workflowId=${workflowId}`)).items;

async function startRun(origin: string, definition: object): Promise<string> {
  const fields = { name: 'w', ownerAgentId: SAMPLE_AGENT, definition };
  const { id } = await call<{ id: string }>(origin, '/workflows', fields);
  return (await call<Run>(origin, `/workflows/${id}/runs`, {})).id;
}

const statusOf = (origin: string, runId: string) => async (): Promise<Run> =>
  call<Run>(origin, `/runs/${runId}`);
const succeeded = ({ status }: Run): boolean => status === 'succeeded';

/** A chain of waits, about 1.5 s in all. */
const CHAIN = {
  tasks: Array.from({ length: 10 }, (_, index) => ({
    taskId: `step-${index}`,
    taskType: 'timer.wait',
    parameters: { seconds: 0.15 },
    dependencies: index === 0 ? [] : [`step-${index - 1}`],
  })),
};

/** Busy for as long as the sandbox allows. */
const BUSY = {
  tasks: [
    {
      taskId: 'busy',
      taskType: 'data.transform',
      parameters: { input: null, expression: '($f := function($n) { $f($n + 1) }; $f(0))' },
      dependencies: [],
    },
  ],
};

describe('A start that cannot succeed', () => {
  const folder = new DataFolder();
  let taken: Server;
  let port: string;
  let file: string;

  beforeAll(async () => {
    taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    port = String((taken.address() as { port: number }).port);
    file = join(folder.path, 'a-file');
    writeFileSync(file, '');
  });
  afterAll(async () => {
    taken.close();
    await folder.clear();
  });

  it.each<[string, () => Record<string, string>, () => string[]]>([
    [
      'a wrong configuration, all of it at once',
      () => ({ PORT: '99999', HOST: '0.0.0.0', LOG_LEVEL: 'loud' }),
      () => [
        'The configuration has 3 errors:',
        'PORT is "99999" but must be from 0 to 65535.',
        'HOST is "0.0.0.0" but without access control everybody who reaches that address may do everything.',
        'LOG_LEVEL is "loud" but must be one of',
      ],
    ],
    [
      'a port in use',
      () => ({ PORT: port }),
      () => [`Port ${port} on 127.0.0.1 is in use by another process.`, 'set PORT to another port'],
    ],
    [
      'a database that is not there, without its password',
      () => ({ DATABASE_URL: 'postgres://ada:hunter2@127.0.0.1:1/tandem' }),
      () => ['Cannot connect to PostgreSQL at 127.0.0.1:1, database "tandem"', 'DATABASE_URL'],
    ],
    [
      'a data folder that cannot be written',
      () => ({ TANDEM_DATA_DIR: join(file, 'data') }),
      () => [
        `The data folder ${file}/data cannot be used: it, or a part of its path, is a file`,
        'Set TANDEM_DATA_DIR',
      ],
    ],
    [
      'a data folder where nothing can be made',
      () => ({ TANDEM_DATA_DIR: '/proc/tandem/data' }),
      () => [
        'The data folder /proc/tandem/data cannot be used: nothing can be made there',
        'Set TANDEM_DATA_DIR',
      ],
    ],
  ])(
    'says what to do about %s',
    async (_, environment, parts) => {
      const tandem = folder.start(environment());
      expect(await tandem.exit()).toBe(1);
      for (const part of ['Tandem cannot start.', ...parts()]) expect(tandem.errors).toContain(part);
      expect(tandem.errors).not.toMatch(/hunter2|\n\s+at /);
      expect(folder.postgresPid()).toBeNull();
    },
    LIMIT_MS,
  );
});

describe('Processes on one data folder', () => {
  const folder = new DataFolder();
  let first: SpawnedTandem;
  let second: SpawnedTandem;
  let postgres: number | null;

  beforeAll(async () => {
    first = folder.start({ LOG_LEVEL: 'info' });
    await first.origin();
    postgres = folder.postgresPid();
    second = folder.start();
    await second.origin();
  }, LIMIT_MS);
  afterAll(() => folder.clear());

  it('are ready and say where they can be reached', async () => {
    const origin = await first.origin();
    expect((await fetch(`${origin}/health/ready`)).status).toBe(200);
    expect((await fetch(`${origin}/docs`)).status).toBe(200);
    expect(first.output).toContain(`${origin}/api/v1`);
    expect(first.output).toContain(`${origin}/docs`);
  });

  it('run the sample once, to its end, and tell its result', async () => {
    const origin = await second.origin();
    const [run] = await until(
      () => runsOf(origin, SAMPLE_WORKFLOW),
      ([sample]) => sample?.status === 'succeeded',
    );
    expect(run?.output).toMatchObject({ report: 'licence-audit/report.md', valid: true });
    expect(run?.output['packages']).toBeGreaterThan(500);
    expect(await runsOf(origin, SAMPLE_WORKFLOW)).toHaveLength(1);
    await until(
      async () => first.output,
      (output) => output.includes('licence-audit succeeded'),
    );
  });

  it('share one PostgreSQL, which the first to stop leaves to the other', async () => {
    first.signal('SIGTERM');
    expect(await first.exit()).toBe(0);
    expect(first.output.trimEnd().split('\n').at(-1)).toContain('"msg":"Stopped."');
    expect(folder.postgresPid()).toBe(postgres);
    expect((await fetch(`${await second.origin()}/health/ready`)).status).toBe(200);
  });

  it(
    'lose nothing when the last one is killed: the next goes on and stops everything in order',
    async () => {
      const before = await second.origin();
      const runId = await startRun(before, CHAIN);
      await until(
        () => call<{ items: unknown[] }>(before, `/runs/${runId}/tasks?status=succeeded`),
        ({ items }) => items.length >= 2,
      );
      second.signal('SIGKILL');
      expect(await second.exit()).toBe('SIGKILL');

      const third = folder.start({ LOG_PRETTY: 'true', LOG_LEVEL: 'info' });
      const origin = await third.origin();
      const { items } = await call<{ items: { attempt: number }[] }>(
        origin,
        `/runs/${runId}/tasks?status=succeeded`,
      );
      expect(items.length).toBeGreaterThanOrEqual(2);
      await until(statusOf(origin, runId), succeeded);
      expect(await runsOf(origin, SAMPLE_WORKFLOW)).toHaveLength(1);

      third.signal('SIGTERM');
      expect(await third.exit()).toBe(0);
      expect(third.output).toMatch(/\nStopped\.\s*$/);
      expect(folder.postgresPid()).toBeNull();
    },
    LIMIT_MS,
  );

  it(
    'stop at once when they are asked a second time, and leave no PostgreSQL',
    async () => {
      const tandem = folder.start({ TANDEM_SAMPLE: 'off' });
      const origin = await tandem.origin();
      const runId = await startRun(origin, BUSY);
      await until(
        () => call<{ items: unknown[] }>(origin, `/runs/${runId}/tasks?status=running`),
        ({ items }) => items.length === 1,
      );
      tandem.signal('SIGINT');
      // Less than half a second apart is one request: npm passes on what the terminal has sent.
      tandem.signal('SIGINT');
      await new Promise((next) => setTimeout(next, 700));
      expect(isAlive(tandem.pid)).toBe(true);
      tandem.signal('SIGINT');
      expect(await tandem.exit()).toBe(1);
      expect(folder.postgresPid()).toBeNull();
    },
    LIMIT_MS,
  );
});

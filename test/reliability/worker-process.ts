// One process of Tandem with the task types of the tests, to be killed. DATABASE_URL, RUN_SLOTS and TASK_SLOTS come
// from the environment; says its address and its id to its parent once it serves.
import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../src/create-app.js';
import { ProcessIdentity } from '../../src/execution/engine/process-identity.js';
import { ExecutionTypesModule } from '../support/execution-types.module.js';
import { testConfig } from '../support/test-app.js';

const { DATABASE_URL = '', RUN_SLOTS = '64', TASK_SLOTS = '64' } = process.env;
const dataDirectory = mkdtempSync(join(tmpdir(), 'tandem-worker-'));
process.once('exit', () => rmSync(dataDirectory, { recursive: true, force: true }));

const app = await createApp({
  config: testConfig(dataDirectory, {
    engine: { runSlots: Number(RUN_SLOTS), taskSlots: Number(TASK_SLOTS) },
    log: { level: 'warn', pretty: false },
  }),
  databaseUrl: DATABASE_URL,
  modules: [ExecutionTypesModule],
});
await app.listen(0, '127.0.0.1');
process.once('SIGTERM', () => void app.close().then(() => process.exit(0)));
process.send?.({ origin: await app.getUrl(), id: app.get(ProcessIdentity).id });

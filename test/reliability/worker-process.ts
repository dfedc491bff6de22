// One process of Tandem with the task types of the tests, to be killed. DATABASE_URL, DATA_FOLDER, RUN_SLOTS,
// TASK_SLOTS and MODEL_URL (a server that answers like a provider) come from the environment; says its address and its id to its parent once it serves.
import 'reflect-metadata';
import { createApp } from '../../src/create-app.js';
import { ProcessIdentity } from '../../src/execution/engine/process-identity.js';
import { ExecutionTypesModule } from '../support/execution-types.module.js';
import { FaultyTypesModule } from '../support/faulty-types.module.js';
import { modelBehind, testConfig, testLlmSettings } from '../support/test-app.js';

const { DATABASE_URL = '', DATA_FOLDER = '', RUN_SLOTS = '64', TASK_SLOTS = '64', MODEL_URL } = process.env;

const app = await createApp({
  config: testConfig(DATA_FOLDER, {
    engine: { runSlots: Number(RUN_SLOTS), taskSlots: Number(TASK_SLOTS) },
    log: { level: 'warn', pretty: false },
    ...(MODEL_URL === undefined ? {} : { llm: testLlmSettings(modelBehind(MODEL_URL)) }),
  }),
  databaseUrl: DATABASE_URL,
  modules: [ExecutionTypesModule, FaultyTypesModule],
});
await app.listen(0, '127.0.0.1');
process.once('SIGTERM', () => void app.close().then(() => process.exit(0)));
process.send?.({ origin: await app.getUrl(), id: app.get(ProcessIdentity).id });

// One process of Tandem for the chaos harness: dies at the crash point that TANDEM_CRASH_POINT names, and with its
// parent. Everything else comes from the environment too; says its address and its id once it serves.
import 'reflect-metadata';
import { createApp } from '../../../src/create-app.js';
import { ProcessIdentity } from '../../../src/execution/engine/process-identity.js';
import { ExecutionTypesModule } from '../../support/execution-types.module.js';
import { FaultyTypesModule } from '../../support/faulty-types.module.js';
import { modelBehind, testConfig, testLlmSettings } from '../../support/test-app.js';
import { LedgerModule, SlowAdvisorModule } from './chaos-types.module.js';
import { armCrashPoint } from './die-at.js';
import { nameConnections } from './name-connections.js';

const { DATABASE_URL = '', DATA_FOLDER = '', MODELS_URL = '' } = process.env;
const hasModels = MODELS_URL !== '';

process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
nameConnections();
armCrashPoint();
const app = await createApp({
  config: testConfig(DATA_FOLDER, {
    engine: { runSlots: 48, taskSlots: 32 },
    log: { level: 'warn', pretty: false },
    llm: testLlmSettings(hasModels ? { ...modelBehind(MODELS_URL), timeoutSeconds: 4 } : {}),
  }),
  databaseUrl: DATABASE_URL,
  withModels: hasModels,
  modules: [ExecutionTypesModule, LedgerModule, hasModels ? FaultyTypesModule : SlowAdvisorModule],
});
await app.listen(0, '127.0.0.1');
process.send?.({ origin: await app.getUrl(), id: app.get(ProcessIdentity).id });

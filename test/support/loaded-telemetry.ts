// Prints the packages of OpenTelemetry that an application loads, as JSON: `node --import ./scripts/ts-loader.mjs
// test/support/loaded-telemetry.ts DATABASE_URL FOLDER [ENDPOINT]`.
import 'reflect-metadata';
import { registerHooks } from 'node:module';

const packages = new Set<string>();
registerHooks({
  load(url, context, nextLoad) {
    const name = /node_modules\/(@opentelemetry\/[^/]+)\//.exec(url)?.[1];
    if (name !== undefined) packages.add(name);
    return nextLoad(url, context);
  },
});

// After the hook, which sees what is loaded from here on.
const { parseConfig } = await import('../../src/config/parse-config.js');
const { createApp } = await import('../../src/create-app.js');
const { testConfig } = await import('./test-app.js');
const [databaseUrl = '', folder = '', endpoint] = process.argv.slice(2);
const { config } = parseConfig(endpoint === undefined ? {} : { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }, {
  workingFolder: folder,
  isTerminal: false,
});
const app = await createApp({
  config: testConfig(folder, { tracing: config?.tracing ?? null }),
  databaseUrl,
});
await app.listen(0, '127.0.0.1');
await app.close();
console.log(JSON.stringify([...packages].sort()));

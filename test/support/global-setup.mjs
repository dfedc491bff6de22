// One PostgreSQL per test run; jest workers inherit its address through the environment.
import '../../scripts/ts-loader.mjs';

export default async function globalSetup() {
  const { startTestServer } = await import('./test-server.ts');
  const server = await startTestServer();
  process.env.TANDEM_TEST_DATABASE_URL = server.url;
  globalThis.stopTandemTestServer = server.stop;
}

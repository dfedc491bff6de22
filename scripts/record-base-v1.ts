// Records the base contract anew from the sources as they are: the document and the answer of every step.
// A frozen contract is not recorded again: a build that does not fit it breaks clients.
import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { startTestApp } from '../test/support/test-app.js';
import { startTestServer } from '../test/support/test-server.js';
import { recordBaseV1 } from '../test/contracts/base-v1/record.js';
import { writeDocument } from '../test/contracts/base-v1/lib/recordings.js';

const server = await startTestServer();
process.env['TANDEM_TEST_DATABASE_URL'] = server.url;
try {
  const app = await startTestApp();
  try {
    await recordBaseV1(app);
    writeDocument(readFileSync(new URL('../docs/openapi.json', import.meta.url), 'utf8'));
  } finally {
    await app.close();
  }
} finally {
  await server.stop();
}

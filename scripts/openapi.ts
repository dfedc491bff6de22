// Writes docs/openapi.json from the routes as they are in the sources; `--check` only compares. Needs no database.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseConfig } from '../src/config/parse-config.js';
import { createApp, openApiDocument } from '../src/create-app.js';
import { firstDifference } from './first-difference.js';

const PATH = fileURLToPath(new URL('../docs/openapi.json', import.meta.url));

async function generate(): Promise<string> {
  const { config, issues } = parseConfig({}, { workingFolder: '/', isTerminal: false });
  if (config === undefined) throw new Error(JSON.stringify(issues));
  const app = await createApp({ config, databaseUrl: 'postgres://unused', preview: true, logger: false });
  return `${JSON.stringify(openApiDocument(app), null, 2)}\n`;
}

const document = await generate();
if (process.argv.includes('--check')) {
  const difference = firstDifference(await readFile(PATH, 'utf8').catch(() => ''), document);
  if (difference !== null) {
    console.error(`docs/openapi.json is not up to date, ${difference}. Run npm run openapi and commit it.`);
    process.exitCode = 1;
  }
} else {
  await writeFile(PATH, document);
}

// Writes every file that is generated from the sources; `--check` only says which are not up to date.
import { readFile, writeFile } from 'node:fs/promises';
import { configurationPage } from './generate/configuration.js';
import { firstDifference } from './generate/first-difference.js';
import { moduleGraph } from './generate/module-graph.js';
import { openApi } from './generate/openapi.js';

const FILES: Readonly<Record<string, () => string | Promise<string>>> = {
  'docs/openapi.json': openApi,
  'docs/configuration.md': configurationPage,
  'docs/module-graph.md': moduleGraph,
};

const checkOnly = process.argv.includes('--check');
for (const [path, generate] of Object.entries(FILES)) {
  const file = new URL(`../${path}`, import.meta.url);
  const content = await generate();
  if (!checkOnly) {
    await writeFile(file, content);
    continue;
  }
  const difference = firstDifference(await readFile(file, 'utf8').catch(() => ''), content);
  if (difference === null) continue;
  console.error(`${path} is not up to date, ${difference}. Run \`npm run generate\` and commit it.`);
  process.exitCode = 1;
}

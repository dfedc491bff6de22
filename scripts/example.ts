// `npm run example`: lists the examples; `npm run example <name> -- …` runs one on a running Tandem or its own.
import { globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Example } from './lib/example.ts';
import { ROOT } from './lib/paths.ts';
import { findOrStartTandem } from './lib/tandem-at-hand.ts';

async function load(name: string): Promise<Example> {
  const module: unknown = await import(pathToFileURL(join(ROOT, 'examples', name, 'example.ts')).href);
  return (module as { readonly example: Example }).example;
}

const names = globSync('examples/*/example.ts', { cwd: ROOT })
  .map((path) => basename(dirname(path)))
  .sort();

async function list(): Promise<void> {
  console.log('Examples, run with `npm run example <name>`:\n');
  for (const name of names) {
    const { usage, summary } = await load(name);
    console.log(`  npm run example ${usage}\n      ${summary}`);
  }
}

async function run(name: string, args: readonly string[]): Promise<number> {
  const prepared = (await load(name)).prepare(args);
  if ('usageError' in prepared) {
    console.error(prepared.usageError);
    return 2;
  }
  const { api, startedHere, stop } = await findOrStartTandem(prepared.env);
  console.log(
    startedHere
      ? 'No Tandem is running: started one for this example.'
      : `Using the Tandem at ${api.origin}.`,
  );
  try {
    return await prepared.run(api);
  } finally {
    await stop();
  }
}

const [name, ...args] = process.argv.slice(2);
try {
  if (name === undefined) await list();
  else if (names.includes(name)) process.exitCode = await run(name, args);
  else {
    console.error(`There is no example "${name}". There are: ${names.join(', ')}.`);
    process.exitCode = 2;
  }
} catch (error) {
  console.error(`\n${(error as Error).message}`);
  process.exitCode = 1;
}

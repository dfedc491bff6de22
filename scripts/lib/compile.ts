import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { hashOfInputs } from './input-hash.ts';
import { runProgram } from './run-program.ts';

/** Beside the compiled files: the hash of what they were compiled from. */
const STAMP = '.build';

interface NestCli {
  readonly compilerOptions: { readonly builder: { readonly type: string; readonly options: object } };
}

/** The hash a folder was built from; null when it is no finished build. */
export function builtFrom(folder: string): string | null {
  try {
    return readFileSync(join(folder, STAMP), 'utf8').trim();
  } catch {
    return null;
  }
}

/** nest-cli.json with another output folder; the Nest CLI takes no such option on its command line. */
function writeConfiguration(root: string, folder: string): string {
  const { compilerOptions, ...rest } = JSON.parse(
    readFileSync(join(root, 'nest-cli.json'), 'utf8'),
  ) as NestCli;
  const { type, options } = compilerOptions.builder;
  const builder = { type, options: { ...options, outDir: basename(folder) } };
  const path = join(folder, 'nest-cli.json');
  writeFileSync(path, JSON.stringify({ ...rest, compilerOptions: { ...compilerOptions, builder } }));
  return join(basename(folder), 'nest-cli.json');
}

/** Checks the types and compiles `src` into a folder of the repository, made anew. Fails with the compiler's words. */
export async function compileInto(root: string, folder: string): Promise<void> {
  const hash = hashOfInputs(root);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const config = writeConfiguration(root, folder);
  const nest = join(root, 'node_modules/@nestjs/cli/bin/nest.js');
  const { status, output } = await runProgram(nest, ['build', '--config', config], root);
  rmSync(join(root, config));
  if (status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`The build failed.\n${output.trim()}`);
  }
  writeFileSync(join(folder, STAMP), `${hash}\n`);
}

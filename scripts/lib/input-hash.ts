import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Everything the result of a build depends on. Migrations are run as they are and are not built. */
const INPUTS = ['src/**/*.ts', 'tsconfig*.json', '.swcrc', 'nest-cli.json', 'package-lock.json'];

/** SHA-256 over names and contents of what is built below `root`; tests beside the code do not count. */
export function hashOfInputs(root: string): string {
  const files = globSync(INPUTS, { cwd: root }).filter((path) => !path.endsWith('.spec.ts'));
  const hash = createHash('sha256');
  for (const path of files.sort()) {
    const content = readFileSync(join(root, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

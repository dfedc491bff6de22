// Everything that must hold before a change lands; what continuous integration runs beside the tests.
import { spawnSync } from 'node:child_process';

const STEPS: readonly (readonly [name: string, command: string, ...args: string[]])[] = [
  ['format', 'prettier', '--check', '--log-level', 'warn', '.'],
  ['lint', 'eslint', '.'],
  ['types', 'tsc', '--noEmit'],
  ['module boundaries', 'depcruise', '--config', '.dependency-cruiser.cjs', 'src'],
  ['generated files', 'node', '--import', './scripts/ts-loader.mjs', 'scripts/generate.ts', '--check'],
  ['OpenAPI style', 'spectral', 'lint', '--fail-severity', 'hint', 'docs/openapi.json'],
];

const failed: string[] = [];
for (const [name, command, ...args] of STEPS) {
  const startedAt = performance.now();
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${status === 0 ? '✓' : '✗'} ${name} (${seconds} s)`);
  if (status === 0) continue;
  failed.push(name);
  console.log(`${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`.trimEnd());
}
if (failed.length > 0) {
  console.error(
    `\nNot in order: ${failed.join(', ')}. \`npm run format\` and \`npm run generate\` mend most of it.`,
  );
  process.exitCode = 1;
}

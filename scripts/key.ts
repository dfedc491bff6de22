// `npm run key`: builds when the sources have changed, then makes or ends API keys.
import { join } from 'node:path';
import { ensureBuild, MAIN } from './lib/ensure-build.ts';
import { runInForeground } from './lib/run-foreground.ts';

try {
  await ensureBuild();
  process.exitCode = await runInForeground(join(MAIN, '../key.js'), process.argv.slice(2));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

// `npm start`: builds when the sources have changed, then runs Tandem in the foreground.
import { ensureBuild, MAIN } from './lib/ensure-build.ts';
import { runInForeground } from './lib/run-foreground.ts';

try {
  await ensureBuild();
  process.exitCode = await runInForeground(MAIN, process.argv.slice(2));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

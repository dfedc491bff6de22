import { existsSync, globSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { builtFrom, compileInto } from './compile.ts';
import { hashOfInputs } from './input-hash.ts';
import { isAlive, processesRunning } from './live-processes.ts';
import { ROOT } from './paths.ts';

const DIST = join(ROOT, 'dist');
export const MAIN = join(DIST, 'main.js');

const isFresh = (): boolean => builtFrom(DIST) === hashOfInputs(ROOT);

/** What builds that were killed have left. */
function removeLeftovers(): void {
  for (const name of globSync('dist-*', { cwd: ROOT })) {
    const pid = Number(/\d+$/.exec(name)?.[0]);
    if (pid > 0 && !isAlive(pid)) rmSync(join(ROOT, name), { recursive: true, force: true });
  }
}

/** Puts a finished build where the old one is. Another start may have done the same meanwhile: then it stays. */
function takeIntoUse(fresh: string): void {
  const old = join(ROOT, `dist-old-${process.pid}`);
  if (!isFresh()) {
    if (existsSync(DIST)) renameSync(DIST, old);
    renameSync(fresh, DIST);
  }
  for (const folder of [old, fresh]) rmSync(folder, { recursive: true, force: true });
}

/** The processes that run from dist; as long as they live it cannot be replaced under them. */
const runningFromDist = (): number[] => (builtFrom(DIST) === null ? [] : processesRunning(MAIN));

function howToReplace(pids: readonly number[]): string {
  const who = pids.length === 1 ? `process ${pids[0]} runs` : `processes ${pids.join(', ')} run`;
  return `${who} from dist, which cannot be replaced now. To use the changes: kill ${pids.join(' ')}, then try again.`;
}

/** Compiles aside, then renames: a process never sees half a build. */
export async function build(): Promise<void> {
  const running = runningFromDist();
  if (running.length > 0) throw new Error(`Not built: ${howToReplace(running)}`);
  removeLeftovers();
  const aside = join(ROOT, `dist-${process.pid}`);
  await compileInto(ROOT, aside);
  takeIntoUse(aside);
}

/** Builds when the sources have changed since the last build, unless a live process runs from it. */
export async function ensureBuild(): Promise<void> {
  if (isFresh()) return;
  const running = runningFromDist();
  if (running.length > 0) {
    console.warn(`The sources have changed, but ${howToReplace(running)} Starting the build that is there.`);
    return;
  }
  const startedAt = performance.now();
  process.stderr.write(
    existsSync(MAIN) ? 'The sources have changed: building … ' : 'First start: building … ',
  );
  await build();
  process.stderr.write(`done in ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`);
}

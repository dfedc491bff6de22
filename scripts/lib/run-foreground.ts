import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const ORPHAN_CHECK_MS = 500;

/** npm that is asked to stop ends without a word to what it started: that its parent is gone is then all one learns. */
function whenOrphaned(stop: () => void): NodeJS.Timeout {
  const parent = process.ppid;
  return setInterval(() => {
    if (process.ppid !== parent) stop();
  }, ORPHAN_CHECK_MS).unref();
}

/** Runs a program of ours as if it were this process: same terminal, signals passed on. Answers its exit code. */
export function runInForeground(file: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--enable-source-maps', file, ...args], { stdio: 'inherit' });
    for (const signal of PASSED_ON) process.on(signal, () => child.kill(signal));
    const watch = whenOrphaned(() => {
      clearInterval(watch);
      child.kill('SIGTERM');
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal as NodeJS.Signals]));
  });
}

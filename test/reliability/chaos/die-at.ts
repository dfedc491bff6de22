import { writeSync } from 'node:fs';
import { CRASH_POINTS } from './crash-points.js';
import { watchStatements } from './statements.js';

/** Written to stderr before a process kills itself, for its parent. */
export const REACHED = 'reached crash point';

const [armed = '', times = '1'] = (process.env['TANDEM_CRASH_POINT'] ?? '').split(':');
let left = Number(times);

/** Dies here when it is this point's turn. */
export function reach(name: string): void {
  if (name !== armed) return;
  left -= 1;
  if (left > 0) return;
  writeSync(2, `${REACHED} ${name}\n`);
  process.kill(process.pid, 'SIGKILL');
}

/** Arms the point that TANDEM_CRASH_POINT names (`name` or `name:n`, the n-th time). */
export function armCrashPoint(): void {
  if (armed === '') return;
  const point = CRASH_POINTS.find(({ name }) => name === armed);
  if (point === undefined) throw new Error(`There is no crash point ${armed}.`);
  if (point.moment === null) return;
  watchStatements((moment, statements) => {
    if (moment === point.moment && statements.some(point.is)) reach(armed);
    return false;
  });
}

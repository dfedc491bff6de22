import type { Issue } from '../../../common/issue.js';
import { sentence, shown } from '../../../common/wording.js';
import { cronProblems } from './cron-problems.js';
import { nextFire, type Timing } from './next-fire.js';

/** Whether the name is one of the time zone database (`Europe/Berlin`, `UTC`). Offsets such as `+02:00` are none. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The first fire after `now`, or the issues of both fields. */
export function readTiming(
  { cron, timeZone }: Timing,
  now: Date,
): { readonly nextFireAt: Date } | { readonly issues: readonly Issue[] } {
  const issues: Issue[] = [];
  const zoneExists = isTimeZone(timeZone);
  const problems = cronProblems(cron);
  // A date exists everywhere or nowhere.
  const nextFireAt =
    problems.length > 0 ? null : nextFire({ cron, timeZone: zoneExists ? timeZone : 'UTC' }, now);
  if (nextFireAt === null) {
    const message = problems.length > 0 ? problems.join('; ') : 'it never fires: there is no such day';
    issues.push({ code: 'invalid_cron', pointer: '/cron', message: sentence(message) });
  }
  if (!zoneExists) {
    const message = `${shown(timeZone)} is no name of the time zone database, as "Europe/Berlin" is.`;
    issues.push({ code: 'invalid_time_zone', pointer: '/timeZone', message });
  }
  return nextFireAt === null || issues.length > 0 ? { issues } : { nextFireAt };
}

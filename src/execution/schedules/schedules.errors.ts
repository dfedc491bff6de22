import type { Issue } from '../../common/issue.js';
import { InvalidInputError, TandemError } from '../../common/tandem-error.js';
import type { FireError } from './schedules.store.port.js';

/** Issues that an error of a fire names. */
const MAX_SHOWN = 5;

export function invalidSchedule(issues: readonly Issue[]): InvalidInputError {
  return new InvalidInputError(
    'invalid_schedule',
    'Nobody can say when the schedule fires; `errors` lists every issue.',
    issues,
  );
}

/** What a schedule shows of a fire that was more than a day late. */
export const fireMissed = (dueAt: Date, at: Date): FireError => ({
  code: 'fire_missed',
  message: `Nobody was there to start the run of ${dueAt.toISOString()}; it is over a day late and was left out.`,
  at,
});

/** What a schedule shows of a fire that started no run. Faults of Tandem are in the log. */
export function fireFailed(error: unknown, at: Date): FireError {
  if (!(error instanceof TandemError)) {
    return { code: 'internal_error', message: 'A fault of Tandem; the log has the cause.', at };
  }
  const { code, message, issues } = error;
  const shown = issues.slice(0, MAX_SHOWN).map((issue) => `${issue.pointer}: ${issue.message}`);
  const more = issues.length > MAX_SHOWN ? [`(${issues.length - MAX_SHOWN} more)`] : [];
  return { code, message: issues.length === 0 ? message : [...shown, ...more].join(' '), at };
}

import { lastFire, nextFire, type Timing } from './next-fire.js';

/** How late a fire may be. */
const MAX_LATE_MS = 24 * 60 * 60_000;

/** What to do about a schedule that is due. */
export interface FirePlan {
  /** The latest time that has come; earlier ones are left out. null: it is more than a day ago. */
  readonly fireTime: Date | null;
  /** The first time that has not come. */
  readonly nextFireAt: Date;
}

/** For a schedule whose next fire was due at `dueAt`, which has come by `now`. */
export function planFire(timing: Timing, dueAt: Date, now: Date): FirePlan {
  const nextFireAt = nextFire(timing, now);
  if (nextFireAt === null) throw new Error('An expression that never fires is due.');
  const last = lastFire(timing, now);
  // A time that was announced is fired, also when the zone has other rules since.
  const latest = last === null || last < dueAt ? dueAt : last;
  return { fireTime: now.getTime() - latest.getTime() > MAX_LATE_MS ? null : latest, nextFireAt };
}

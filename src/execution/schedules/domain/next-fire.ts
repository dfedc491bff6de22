import { Cron } from 'croner';

/** When a schedule fires, as a caller says it. */
export interface Timing {
  readonly cron: string;
  /** Name in the time zone database. */
  readonly timeZone: string;
}

/**
 * Where clocks change, times without `*` or step in minute and hour are kept as croner does with `no-wildcard`: once
 * each, those that clocks skip at the end of the gap. Any other expression follows what clocks show.
 */
const read = ({ cron, timeZone: timezone }: Timing): Cron =>
  new Cron(cron, { timezone, mode: '5-part', fixedTimeRule: 'no-wildcard' });

/** The first fire strictly after an instant; null when there is none (30 February). */
export const nextFire = (timing: Timing, after: Date): Date | null => read(timing).nextRun(after);

/** The last fire up to an instant. */
export function lastFire(timing: Timing, until: Date): Date | null {
  const [last = null] = read(timing).previousRuns(1, new Date(until.getTime() + 1));
  return last;
}

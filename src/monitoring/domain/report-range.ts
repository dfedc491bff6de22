import type { Issue } from '../../common/issue.js';

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 30;
export const MAX_DAYS = 366;

/** From a time up to another, which is not part of it. */
export interface ReportRange {
  readonly from: Date;
  readonly to: Date;
}

/** Without an end until now, without a beginning thirty days. Answers what is wrong with it instead. Pure. */
export function toRange(
  given: { readonly from?: string | undefined; readonly to?: string | undefined },
  now: Date,
): { readonly range: ReportRange } | { readonly issue: Issue } {
  const to = given.to === undefined ? now : new Date(given.to);
  const from =
    given.from === undefined ? new Date(to.getTime() - DEFAULT_DAYS * DAY_MS) : new Date(given.from);
  if (from >= to) {
    const message = `Must be before the end of the range, ${to.toISOString()}; got ${from.toISOString()}.`;
    return { issue: { code: 'invalid_range', pointer: '/from', message } };
  }
  const days = (to.getTime() - from.getTime()) / DAY_MS;
  if (days > MAX_DAYS) {
    const message = `The range has ${Math.ceil(days)} days, but at most ${MAX_DAYS} are reported at once. Ask for a part of it.`;
    return { issue: { code: 'invalid_range', pointer: '/from', message } };
  }
  return { range: { from, to } };
}

import type { RunState } from './run-state.js';

const MAX_SLUG_LENGTH = 128;

export const slugsOf = ({ plan }: RunState): Set<string> => new Set(plan.map(({ taskId }) => taskId));

/** `wanted` if nobody has that name, else with the first number that makes it free; cut where too long. */
export function freeSlug(taken: ReadonlySet<string>, wanted: string, firstNumber = 0): string {
  for (let number = firstNumber; ; number += 1) {
    const ending = number === 0 ? '' : `-${number}`;
    const slug = `${wanted.slice(0, MAX_SLUG_LENGTH - ending.length)}${ending}`;
    if (!taken.has(slug)) return slug;
  }
}

import { z } from 'zod';

/** A number of tokens; anything else counts as not said. */
export const tokenCount = z.int().nonnegative().optional().catch(undefined);

/** A total without parts that are priced by themselves. Unknown when it is smaller than they are. */
export function countWithout(
  total: number | undefined,
  ...parts: readonly (number | undefined)[]
): number | undefined {
  if (total === undefined) return undefined;
  const left = parts.reduce<number>((rest, part) => rest - (part ?? 0), total);
  return left < 0 ? undefined : left;
}

/** A total out of parts that were told apart. Unknown when the first one is. */
export function countWith(
  first: number | undefined,
  ...more: readonly (number | undefined)[]
): number | undefined {
  return first === undefined ? undefined : more.reduce<number>((sum, part) => sum + (part ?? 0), first);
}

/** A task type that less of the past plans like this one use says little. */
const LIKELY = 0.05;

/** What is known of a request, each best first. */
export interface Likely {
  /** Task types of the plans memory would propose. */
  readonly proposed: readonly string[];
  /** Shares of past plans like this one, by task type. */
  readonly votes: ReadonlyMap<string, number>;
  readonly byWords: readonly string[];
}

/** The task types most likely needed, at most `count`: those proposed, then by words and by past plans in turn. */
export function likelyTypes(
  { proposed, votes, byWords }: Likely,
  isKnown: (taskType: string) => boolean,
  count: number,
): string[] {
  const byPlans = [...votes]
    .filter(([, share]) => share >= LIKELY)
    .sort(([a, share], [b, other]) => other - share || (a < b ? -1 : 1))
    .map(([name]) => name);
  const inTurn = Array.from({ length: Math.max(byWords.length, byPlans.length) }, (_, at) => [
    ...byWords.slice(at, at + 1),
    ...byPlans.slice(at, at + 1),
  ]).flat();
  return [...new Set([...proposed, ...inTurn])].filter(isKnown).slice(0, count);
}

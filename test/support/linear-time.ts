const SMALL = 65_536;
const FACTOR = 4;
/** A busy machine; a quadratic rule takes 16 times as long for four times the text, and minutes for this much. */
const TOLERANCE = 3;
const SLACK_MS = 100;

function millisecondsFor(rule: (text: string) => unknown, text: string): number {
  const startedAt = performance.now();
  rule(text);
  return performance.now() - startedAt;
}

/** The seeds out of which 256 kB take the rule longer than in proportion to a quarter of it. */
export function disproportionate(
  rule: (text: string) => unknown,
  seeds: readonly string[],
): readonly string[] {
  return seeds.filter((seed) => {
    const small = seed.repeat(Math.ceil(SMALL / seed.length));
    const large = small.repeat(FACTOR);
    // The first slow measurement may be the machine's fault, three are not.
    return [1, 2, 3].every(() => {
      const limitMs = TOLERANCE * FACTOR * millisecondsFor(rule, small) + SLACK_MS;
      return millisecondsFor(rule, large) > limitMs;
    });
  });
}

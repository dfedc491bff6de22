/** How many names an issue proposes at most. */
const MAX_PROPOSED = 20;
/** Characters compared for all proposals of one check: enough for every issue of a usual definition. */
const WORK_LIMIT = 1_000_000;

function pairsOf(name: string): Map<string, number> {
  const text = ` ${name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()} `;
  const pairs = new Map<string, number>();
  for (let index = 0; index + 1 < text.length; index++) {
    const pair = text.slice(index, index + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
}

/** Sørensen–Dice similarity of two bags of character pairs, 0 to 1. */
function similarity(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let shared = 0;
  let total = 0;
  for (const count of a.values()) total += count;
  for (const [pair, count] of b) {
    total += count;
    shared += Math.min(count, a.get(pair) ?? 0);
  }
  return total === 0 ? 0 : (2 * shared) / total;
}

/**
 * Proposes known names for an unknown one, the most similar first, at most 20. The work of all proposals is
 * limited: in a huge definition with many unknown names the later ones come without a proposal.
 */
export class NearestNames {
  private readonly names: readonly string[];
  private readonly cost: number;
  private readonly proposed = new Map<string, readonly string[] | undefined>();
  private work = 0;

  constructor(names: Iterable<string>) {
    this.names = [...new Set(names)];
    this.cost = this.names.reduce((sum, name) => sum + name.length, 0);
  }

  propose(name: string): readonly string[] | undefined {
    if (!this.proposed.has(name)) this.proposed.set(name, this.rank(name));
    return this.proposed.get(name);
  }

  private rank(name: string): readonly string[] | undefined {
    if (this.names.length === 0 || (this.work > 0 && this.work + this.cost > WORK_LIMIT)) return undefined;
    this.work += this.cost;
    const wanted = pairsOf(name.slice(0, 200));
    return this.names
      .map((candidate) => ({ candidate, score: similarity(wanted, pairsOf(candidate)) }))
      .sort((a, b) => b.score - a.score)
      .slice(0, MAX_PROPOSED)
      .map(({ candidate }) => candidate);
  }
}

import type { CatalogueIndex } from './catalogue-index.js';
import type { Draft } from './drafts.js';

/** Everybody can be given text: the request is some. */
const TEXT = 'text';

/** Lanes run side by side; the last one is open. */
interface Front {
  /** End of the open lane. */
  readonly lane: readonly number[];
  /** Ends of the lanes beside it. */
  readonly others: readonly number[];
  /** What all of them come after. */
  readonly base: readonly number[];
}

/** How a step stands to the one before it. */
type Stand = 'behind' | 'beside' | 'joins';

function standOf(draft: Draft, previous: Draft | undefined): Stand {
  if (previous === undefined) return 'joins';
  const [own, last] = [draft.condition, previous.condition];
  if (draft.group === previous.group) return 'behind';
  if (own !== null && own.text === last?.text) return own.holds === last.holds ? 'behind' : 'beside';
  return own === null && last === null && draft.clause.joint === 'parallel' ? 'beside' : 'joins';
}

function advance({ lane, others, base }: Front, stand: Stand, at: number, begins: boolean): Front {
  if (stand === 'beside') return { lane: [at], others: [...others, ...lane], base };
  if (stand === 'joins') return { lane: [at], others: [], base: [...others, ...lane] };
  return { lane: [at], others, base: begins ? lane : base };
}

/** The latest step before that gives a kind; none: []. */
function giverOf(
  kind: string,
  at: number,
  drafts: readonly Draft[],
  { types }: CatalogueIndex,
): readonly number[] {
  const giver = drafts
    .slice(0, at)
    .findLastIndex(({ type }) => type !== null && types[type]?.gives.includes(kind));
  return giver < 0 ? [] : [giver];
}

/** What feeds a step where kinds of data are known: the steps before it, or others that give what these do not. */
function feeding(
  at: number,
  chained: readonly number[],
  drafts: readonly Draft[],
  index: CatalogueIndex,
): readonly number[] {
  const type = drafts[at]?.type ?? null;
  const takes = type === null ? [] : (index.types[type]?.takes ?? []);
  const given = chained.flatMap((one) => index.types[drafts[one]?.type ?? -1]?.gives ?? []);
  const feeds = takes.some((kind) => given.includes(kind));
  const missing = takes.filter((kind) => !given.includes(kind) && !(feeds && kind === TEXT));
  const givers = missing.flatMap((kind) => giverOf(kind, at, drafts, index));
  return feeds || givers.length === 0 ? [...chained, ...givers] : givers;
}

function reaches(from: readonly number[], step: number, links: readonly (readonly number[])[]): boolean {
  const seen = new Set<number>();
  const open = [...from];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (one === step) return true;
    if (seen.has(one)) continue;
    seen.add(one);
    open.push(...(links[one] ?? []));
  }
  return false;
}

const sorted = (steps: readonly number[]): readonly number[] => [...new Set(steps)].sort((a, b) => a - b);

/**
 * For each step the steps it comes right after. Each follows the one before, or the ones that give the kinds of data it
 * takes; a parallel cue and the two branches of a condition stand side by side, and what follows comes after both.
 */
export function linkSteps(drafts: readonly Draft[], index: CatalogueIndex): readonly (readonly number[])[] {
  const links: (readonly number[])[] = [];
  let front: Front = { lane: [], others: [], base: [] };
  for (const [at, draft] of drafts.entries()) {
    const previous = drafts[at - 1];
    const stand = standOf(draft, previous);
    const { lane, others, base } = front;
    const chained = stand === 'beside' ? base : stand === 'joins' ? [...others, ...lane] : lane;
    const after =
      stand === 'joins' && draft.condition === null ? feeding(at, chained, drafts, index) : chained;
    const decider = draft.condition?.step ?? null;
    const isDecided = decider === null || reaches(after, decider, links);
    links.push(sorted(isDecided ? after : [...after, decider]));
    front = advance(front, stand, at, draft.condition?.text !== previous?.condition?.text);
  }
  return links;
}

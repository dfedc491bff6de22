import { parseReferenceAt } from '../../../workflows/domain/parse-reference.js';
import type { Reference } from '../../../workflows/domain/reference.js';

export const OPEN = '{{';
/** No reference that is mended is longer, so that the work stays linear in the text. */
const WINDOW = 4_000;
/** Openings looked at in one plan. */
const MAX_OPENINGS = 5_000;

/** How many more openings of one plan are looked at. */
export class OpeningBudget {
  private left = MAX_OPENINGS;

  /** false: nothing more is looked at. */
  spend(): boolean {
    this.left -= 1;
    return this.left >= 0;
  }
}

/** Where braces open, and what they hold. */
export interface Opening {
  readonly at: number;
  /** Behind the reference; behind the braces where there is none. */
  readonly end: number;
  /** null: it cannot be read as one of ours. */
  readonly reference: Reference | null;
}

/** The openings of a text in order, none inside the reference before it. Ends early where the budget does. */
export function* openingsOf(text: string, budget: OpeningBudget): Generator<Opening> {
  for (let at = text.indexOf(OPEN); at >= 0 && budget.spend();) {
    const parsed = parseReferenceAt(text.slice(at, at + WINDOW), 0);
    const isBroken = 'error' in parsed;
    const end = at + (isBroken ? OPEN.length : parsed.end);
    yield { at, end, reference: isBroken ? null : parsed.reference };
    at = text.indexOf(OPEN, end);
  }
}

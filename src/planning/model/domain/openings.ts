import { parseReferenceAt } from '../../../workflows/domain/parse-reference.js';
import type { Reference } from '../../../workflows/domain/reference.js';

export const OPEN = '{{';
/** No reference that is mended is longer, so that the work stays linear in the text. */
const WINDOW = 1_000;
/** Characters of openings looked at in one plan: more than 5,000 usual references. */
const MAX_LENGTH = 300_000;

/** How much more of the openings of one plan is looked at. */
export class OpeningBudget {
  private left = MAX_LENGTH;

  /** Something may not have been looked at. */
  get isSpent(): boolean {
    return this.left <= 0;
  }

  spend(length: number): void {
    this.left -= length;
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
  for (let at = text.indexOf(OPEN); at >= 0 && !budget.isSpent;) {
    const parsed = parseReferenceAt(text.slice(at, at + WINDOW), 0);
    const reference = 'error' in parsed ? null : parsed.reference;
    const end = at + ('error' in parsed ? OPEN.length : parsed.end);
    budget.spend(reference === null ? Math.min(WINDOW, text.length - at) : end - at);
    yield { at, end, reference };
    at = text.indexOf(OPEN, end);
  }
}

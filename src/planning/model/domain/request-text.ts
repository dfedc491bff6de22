import { asPlainText } from '../../../workflows/domain/plain-text.js';
import { OPEN, type OpeningBudget, openingsOf } from './openings.js';

const CLOSE = '}}';
const MAX_KEY_LENGTH = 300;
/** A request with more openings than these gets no reference into a plan at all. */
const MAX_OPENINGS = 10_000;
/** Characters of the request that are searched for one plan. */
const SEARCH_LIMIT = 20_000_000;
const PLAIN_OPENING = asPlainText(OPEN);

/** What opens at `at`, up to the first close, without spaces and in small letters. */
function keyAt(text: string, at: number): string {
  const window = text.slice(at, at + 2 * MAX_KEY_LENGTH);
  const close = window.indexOf(CLOSE);
  const token = close < 0 ? window : window.slice(0, close + CLOSE.length);
  return token.replace(/\s+/g, '').slice(0, MAX_KEY_LENGTH).toLowerCase();
}

/** Words as they are compared: in small letters, with single spaces, without what stands around them. */
const plainWords = (text: string): string =>
  text
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/^ ?(?:the )?/, '')
    .replace(/[ .!]{1,10}$/, '');

/** A request, as far as none of its text may become a reference. */
export class RequestText {
  private readonly openings = new Set<string>();
  private readonly hasTooMany: boolean;
  private readonly searched = new Map<string, boolean>();
  private work = 0;

  private readonly words: string;

  constructor(request: string) {
    this.words = request.toLowerCase().replace(/\s+/g, ' ');
    let at = request.indexOf(OPEN);
    for (; at >= 0 && this.openings.size < MAX_OPENINGS; at = request.indexOf(OPEN, at + 1))
      this.openings.add(keyAt(request, at));
    this.hasTooMany = at >= 0;
  }

  /** Whether the braces that open at `at` stand in the request with what is between them. */
  opens(text: string, at = 0): boolean {
    return this.hasTooMany || (this.openings.size > 0 && this.openings.has(keyAt(text, at)));
  }

  /** Whether the words of a text stand in the request. A plan that asks too often is told so of everything. */
  holds(text: string): boolean {
    const known = this.searched.get(text);
    if (known !== undefined) return known;
    this.work += this.words.length;
    const isHeld = this.work > SEARCH_LIMIT || this.words.includes(plainWords(text));
    this.searched.set(text, isHeld);
    return isHeld;
  }

  /**
   * A text as it has to be written so that nothing that stands in the request is a reference in it, as far as the
   * budget reaches.
   */
  keptPlain(text: string, budget: OpeningBudget): string {
    if (this.openings.size === 0 || !text.includes(OPEN)) return text;
    const parts: string[] = [];
    let from = 0;
    for (const { at, end, reference } of openingsOf(text, budget)) {
      const isCopied = reference?.text !== PLAIN_OPENING && this.opens(text, at);
      // Inside what is copied another reference may open.
      const next = isCopied ? at + OPEN.length : end;
      if (at < from) continue;
      parts.push(text.slice(from, at), isCopied ? PLAIN_OPENING : text.slice(at, next));
      from = next;
    }
    return parts.join('') + text.slice(from);
  }
}

import { cutPieces, type Joint, type Piece } from './pieces.js';

/** What a clause depends on. */
export interface ClauseCondition {
  /** Masked. */
  readonly text: string;
  readonly holds: boolean;
}

/** A piece of a request that asks for one thing, masked. */
export interface Clause {
  readonly text: string;
  readonly joint: Joint;
  readonly condition: ClauseCondition | null;
}

function endOfSentence(pieces: readonly Piece[], from: number): number {
  const end = pieces.findIndex(({ startsSentence }, at) => at > from && startsSentence);
  return end < 0 ? pieces.length : end;
}

/** In the order things are done: "book it after you checked" is told the other way round. */
function inOrder(pieces: readonly Piece[]): Piece[] {
  const ordered: Piece[] = [];
  for (let at = 0; at < pieces.length; at += 1) {
    const piece = pieces[at] as Piece;
    const next = pieces[at + 1];
    if (piece.swap === 'next' && next !== undefined && !next.startsSentence) {
      const end = endOfSentence(pieces, at + 1);
      ordered.push({ ...next, startsSentence: piece.startsSentence }, ...pieces.slice(at + 2, end));
      ordered.push({ ...piece, startsSentence: false });
      at = end - 1;
    } else if (piece.swap === 'previous' && ordered.length > 0) {
      const before = ordered.pop() as Piece;
      ordered.push({ ...piece, startsSentence: before.startsSentence }, { ...before, startsSentence: false });
    } else ordered.push(piece);
  }
  return ordered;
}

/** "From §0, count the packages": where, told before what. */
const PRELUDE = /^(?:from|in|with|using|given|for|of|out of|on)\b[^§]{0,60}§\d{1,6}$/i;

/** Where something is done goes to what is done. */
function withPreludes(pieces: readonly Piece[]): readonly Piece[] {
  const joined: Piece[] = [];
  let prelude: Piece | null = null;
  for (const [at, piece] of pieces.entries()) {
    const next = pieces[at + 1];
    const isPrelude = piece.role === 'plain' && PRELUDE.test(piece.text) && next?.startsSentence === false;
    if (isPrelude && prelude === null) {
      prelude = piece;
      continue;
    }
    const { text, startsSentence }: Piece = prelude ?? { ...piece, text: '' };
    joined.push(prelude === null ? piece : { ...piece, startsSentence, text: `${piece.text} ${text}` });
    prelude = null;
  }
  return joined;
}

/**
 * Clauses of a masked text with what they depend on. A condition holds for the rest of its sentence, one at the end of a
 * sentence for the clause before it; "otherwise" takes up the last condition.
 */
export function clausesOf(masked: string): readonly Clause[] {
  const clauses: Clause[] = [];
  let current: ClauseCondition | null = null;
  let last: ClauseCondition | null = null;
  const pieces = withPreludes(inOrder(cutPieces(masked)));
  for (const [at, piece] of pieces.entries()) {
    const { text, joint, role } = piece;
    if (piece.startsSentence) current = null;
    if (role === 'if' || role === 'unless') {
      last = { text, holds: role === 'if' };
      const next = pieces[at + 1];
      const previous = clauses.at(-1);
      const isLast = next === undefined || next.startsSentence;
      if (!isLast) current = last;
      else if (previous !== undefined && !piece.startsSentence)
        clauses[clauses.length - 1] = { ...previous, condition: last };
      // Nothing depends on it: it is told for its own sake.
      else clauses.push({ text, joint, condition: null });
      continue;
    }
    if (role === 'otherwise' && last !== null) current = { text: last.text, holds: !last.holds };
    clauses.push({ text, joint, condition: current });
  }
  return clauses;
}

/** Patterns of SPDX licence ids; `*` stands for any text, case does not matter. */
export interface LicencePolicy {
  readonly copyleft: readonly string[];
  /** Absent: whatever is not copyleft is allowed. */
  readonly allowed?: readonly string[] | undefined;
}

const MAX_EXPRESSION_LENGTH = 1000;

/** Linear in the text: patterns come from callers, and a regular expression could be made to backtrack for ever. */
function matches(pattern: string, licence: string): boolean {
  const text = licence.toLowerCase();
  const [first = '', ...rest] = pattern.toLowerCase().split('*');
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let position = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, position);
    if (found < 0) return false;
    position = found + part.length;
  }
  return position <= text.length - last.length;
}

/** Why one licence is flagged, null when it is fine. What `allowed` names exactly beats every copyleft pattern. */
function reasonAgainst(licence: string, { copyleft, allowed }: LicencePolicy): string | null {
  if (allowed?.some((name) => name.toLowerCase() === licence.toLowerCase()) === true) return null;
  const pattern = copyleft.find((candidate) => matches(candidate, licence));
  if (pattern !== undefined) return `${licence} is copyleft (${pattern})`;
  if (allowed === undefined || allowed.some((candidate) => matches(candidate, licence))) return null;
  return `${licence} is not among the allowed licences`;
}

/**
 * Why an SPDX expression is flagged, null when it is fine: of `A OR B` one fine side is enough, of `A AND B` both
 * must be. `AND` binds stronger; `WITH` names an exception of the licence before it.
 * Source: SPDX specification 3.0, annex "SPDX license expressions".
 */
export function flagReason(expression: string, policy: LicencePolicy): string | null {
  try {
    if (expression.length > MAX_EXPRESSION_LENGTH) throw new MalformedExpression();
    return new ExpressionReader(expression, policy).read();
  } catch (error) {
    if (!(error instanceof MalformedExpression)) throw error;
    return `${JSON.stringify(expression.slice(0, 80))} is no SPDX expression`;
  }
}

class MalformedExpression extends Error {}

/** Recursive descent over the words of an expression; each method answers why its part is flagged. */
class ExpressionReader {
  private readonly words: readonly string[];
  private next = 0;

  constructor(
    expression: string,
    private readonly policy: LicencePolicy,
  ) {
    this.words = expression.match(/[()]|[^\s()]+/g) ?? [];
  }

  read(): string | null {
    const reason = this.either();
    if (this.next < this.words.length) throw new MalformedExpression();
    return reason;
  }

  private either(): string | null {
    let reason = this.both();
    while (this.accept('OR')) {
      const other = this.both();
      reason = reason === null || other === null ? null : `${reason}; ${other}`;
    }
    return reason;
  }

  private both(): string | null {
    let reason = this.single();
    while (this.accept('AND')) {
      const other = this.single();
      reason ??= other;
    }
    return reason;
  }

  private single(): string | null {
    if (!this.accept('(')) {
      const licence = this.name();
      return reasonAgainst(this.accept('WITH') ? `${licence} WITH ${this.name()}` : licence, this.policy);
    }
    const inner = this.either();
    if (!this.accept(')')) throw new MalformedExpression();
    return inner;
  }

  private name(): string {
    const word = this.words[this.next++];
    if (word === undefined || /^([()]|OR|AND|WITH)$/i.test(word)) throw new MalformedExpression();
    return word;
  }

  private accept(word: string): boolean {
    if (this.words[this.next]?.toUpperCase() !== word) return false;
    this.next += 1;
    return true;
  }
}

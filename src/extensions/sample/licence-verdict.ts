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
  const malformed = (): string => `${JSON.stringify(expression.slice(0, 80))} is no SPDX expression`;
  if (expression.length > MAX_EXPRESSION_LENGTH) return malformed();
  const tokens = expression.match(/[()]|[^\s()]+/g) ?? [];
  let next = 0;
  const accept = (word: string): boolean => {
    if (tokens[next]?.toUpperCase() !== word) return false;
    next += 1;
    return true;
  };
  const single = (): string | null => {
    if (accept('(')) {
      const inner = either();
      return accept(')') ? inner : malformed();
    }
    const licence = tokens[next++];
    if (licence === undefined || /^(\)|OR|AND|WITH)$/i.test(licence)) return malformed();
    return reasonAgainst(accept('WITH') ? `${licence} WITH ${tokens[next++] ?? ''}` : licence, policy);
  };
  const both = (): string | null => {
    let reason = single();
    while (accept('AND')) reason = single() ?? reason;
    return reason;
  };
  const either = (): string | null => {
    let reason = both();
    while (accept('OR')) {
      const other = both();
      reason = reason === null || other === null ? null : `${reason}; ${other}`;
    }
    return reason;
  };
  const reason = either();
  return next < tokens.length ? malformed() : reason;
}

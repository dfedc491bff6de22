import { type Literal, literalsIn, maskLiterals, unmask } from '../literals.js';

const LIST = /§\d{1,6}(?:(?:,? (?:and|or|as well as)|,) §\d{1,6})+/g;

/** Literals of one kind in a row, "a.txt, b.txt and c.txt": the same is to be done with each. */
function listsIn(masked: string, literals: readonly Literal[]): string[] {
  const isOfOneKind = (list: string) =>
    new Set(literalsIn(list, literals).map(({ kind }) => kind)).size === 1;
  return (masked.match(LIST) ?? []).filter(isOfOneKind);
}

/** The literals that stand in a row with this one, itself left out. */
export function listedWith(clause: string, literal: Literal): readonly Literal[] {
  const { text, literals } = maskLiterals(clause);
  const rows = listsIn(text, literals).map((list) => literalsIn(list, literals));
  const own = rows.find((row) => row.some((each) => each.text === literal.text)) ?? [];
  return own.filter((each) => each.text !== literal.text);
}

/** The clause with one literal in the place of the row it stands in. */
export function withOnly(clause: string, literal: Literal): string {
  const { text, literals } = maskLiterals(clause);
  const isOf = (list: string) => literalsIn(list, literals).some((each) => each.text === literal.text);
  const list = listsIn(text, literals).find(isOf);
  if (list === undefined) return clause;
  const at = literals.findIndex((each) => each.text === literal.text);
  return unmask(text.replace(list, `§${at}`), literals);
}

/** British and American spellings of one word, wherever it stands in a name. */
const SPELLINGS: readonly (readonly [british: string, american: string])[] = [
  ['licence', 'license'],
  ['colour', 'color'],
  ['favourite', 'favorite'],
  ['behaviour', 'behavior'],
  ['labour', 'labor'],
  ['neighbour', 'neighbor'],
  ['organis', 'organiz'],
  ['authoris', 'authoriz'],
  ['categoris', 'categoriz'],
  ['catalogue', 'catalog'],
  ['centre', 'center'],
  ['cancelled', 'canceled'],
  ['fulfilment', 'fulfillment'],
  ['enrolment', 'enrollment'],
  ['programme', 'program'],
  ['grey', 'gray'],
];

/** Two names mean the same member when their canonical forms are equal: without case, in American spelling. */
export function canonicalName(name: string): string {
  return SPELLINGS.reduce(
    (text, [british, american]) => text.replaceAll(british, american),
    name.toLowerCase(),
  );
}

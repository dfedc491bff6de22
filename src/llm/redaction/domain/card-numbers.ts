import { REDACTED, type TextRule } from './redacted.js';

const SHORTEST = 13;
const LONGEST = 19;

/** Groups of digits with single blanks or dashes between them. Bounded, so one try costs little. */
const RUN = /(?<![\w.])\d{1,19}(?:[ -]\d{1,19}){0,200}(?!\w)/g;

/** ISO/IEC 7812-1, annex B. */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 0 ? digit : 2 * digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Payment cards start with 2 to 6; so a time in milliseconds is none. */
const isCard = (digits: string): boolean =>
  digits.length >= SHORTEST && digits.length <= LONGEST && /^[2-6]/.test(digits) && passesLuhn(digits);

/** How many of the groups from `first` on are one card number; 0 when none. */
function cardAt(groups: readonly string[], first: number): number {
  let digits = '';
  let found = 0;
  for (let index = first; index < groups.length && digits.length < LONGEST; index++) {
    digits += groups[index];
    if (isCard(digits)) found = index - first + 1;
  }
  return found;
}

function withoutCards(run: string): string {
  // Digits and what separates them, in turns.
  const parts = run.split(/([ -])/);
  const groups = parts.filter((_, index) => index % 2 === 0);
  const kept: string[] = [];
  for (let index = 0; index < groups.length;) {
    const length = cardAt(groups, index);
    kept.push(length > 0 ? REDACTED : (groups[index] as string));
    index += Math.max(1, length);
    if (index < groups.length) kept.push(parts[2 * index - 1] as string);
  }
  return kept.join('');
}

/** Takes out numbers of payment cards: 13 to 19 digits that pass Luhn's check, in groups or not. */
export const withoutCardNumbers: TextRule = (text) => text.replace(RUN, withoutCards);

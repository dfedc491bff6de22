import { withoutBankAccounts } from './bank-accounts.js';
import { withoutCardNumbers } from './card-numbers.js';
import { REDACTED, type TextRule, where } from './redacted.js';

/** A try starts where a run of its characters starts, so no run is read twice. */
const EMAIL = /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+@[\p{L}\p{N}][\p{L}\p{N}.-]*\.\p{L}{2,}/gu;

/** E.164 with `+` or `00` and at most two separators between digits. */
const PHONE = /(?<![\w+.]|\d[ -])(?:\+|00)[1-9](?:[ ()./-]{0,2}\d){6,16}(?!\d)/g;
const MOST_DIGITS = 15;

const withoutPhones: TextRule = (text) =>
  text.replace(PHONE, (number) => {
    const digits = number.replace(/^00/, '').replace(/\D/g, '');
    return digits.length <= MOST_DIGITS ? REDACTED : number;
  });

/** What says who somebody is or where their money is, by a name for tests. Cards come before phones. */
export const PERSONAL_PATTERNS: Readonly<Record<string, TextRule>> = {
  email: where(['@'], (text) => text.replace(EMAIL, REDACTED)),
  bankAccount: withoutBankAccounts,
  cardNumber: withoutCardNumbers,
  phone: where(['+', '00'], withoutPhones),
};

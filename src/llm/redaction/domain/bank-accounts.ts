import { REDACTED, type TextRule } from './redacted.js';

const SHORTEST = 15;

/** Country, check digits and up to 30 characters, blanks between them allowed; words that follow may be part of it. */
const CANDIDATE = /(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?: ?[A-Za-z0-9]){11,30}/g;

/** ISO 7064 MOD 97-10, as ISO 13616 says. */
function passesCheck(account: string): boolean {
  const moved = account.slice(4) + account.slice(0, 4);
  let rest = 0;
  for (const character of moved) {
    const value = parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

const isAccount = (text: string): boolean => {
  const account = text.replaceAll(' ', '');
  return account.length >= SHORTEST && passesCheck(account);
};

/** The longest beginning that is an account number and ends where a word does; '' when there is none. */
function accountIn(candidate: string, next: string): string {
  const isWhole = !/^[A-Za-z0-9]/.test(next);
  for (let end = isWhole ? candidate.length : candidate.lastIndexOf(' '); end > 0;) {
    const beginning = candidate.slice(0, end);
    if (isAccount(beginning)) return beginning;
    end = candidate.lastIndexOf(' ', end - 1);
  }
  return '';
}

/** Takes out IBANs whose check digits are right. */
export const withoutBankAccounts: TextRule = (text) =>
  text.replace(CANDIDATE, (candidate: string, at: number) => {
    const account = accountIn(candidate, text.charAt(at + candidate.length));
    return account === '' ? candidate : REDACTED + candidate.slice(account.length);
  });

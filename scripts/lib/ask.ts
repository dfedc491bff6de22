import { createInterface } from 'node:readline/promises';

/** What the person at the terminal writes; null: there is nobody to ask. */
export async function askText(question: string): Promise<string | null> {
  if (process.stdin.isTTY !== true) return null;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`${question} `);
  terminal.close();
  return answer.trim();
}

/** null: there is nobody to ask. */
export async function askYesNo(question: string): Promise<boolean | null> {
  const answer = await askText(`${question} (y/n)`);
  return answer === null ? null : /^y(es)?$/i.test(answer);
}

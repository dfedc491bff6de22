import type { Issue } from '../../common/issue.js';

/** A definition's report holds at most this many issues and one that counts the rest. */
export const MAX_ISSUES = 1_000;
const MAX_QUOTED_LENGTH = 100;

/** Collects issues up to a limit, so that hostile input cannot make a report without end. */
export class IssueList {
  private readonly issues: Issue[] = [];
  private left = 0;

  /** Nothing added from now on is kept; details need not be worked out. */
  get isFull(): boolean {
    return this.issues.length >= MAX_ISSUES;
  }

  add(issue: Issue): void {
    if (this.isFull) this.left++;
    else this.issues.push(issue);
  }

  toArray(): Issue[] {
    if (this.left === 0) return this.issues;
    const message = `There are ${this.left} more issues. Repair the ${MAX_ISSUES} above and check again.`;
    return [...this.issues, { code: 'too_many_issues', pointer: '', message }];
  }
}

/** Text from the input as it is shown in messages: quoted and bounded. */
export function quoted(text: string): string {
  return JSON.stringify(
    text.length <= MAX_QUOTED_LENGTH ? text : `${text.slice(0, MAX_QUOTED_LENGTH)}…`.toWellFormed(),
  );
}

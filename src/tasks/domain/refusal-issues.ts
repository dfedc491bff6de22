import type { Issue } from '../../common/issue.js';
import { TaskError } from './task-error.js';

/** What a rule refuses by throwing a TaskError, as an issue; nothing when it lets the value pass. */
export function refusalIssues(rule: () => unknown): readonly Issue[] {
  try {
    rule();
    return [];
  } catch (error) {
    if (!(error instanceof TaskError)) throw error;
    const { code, message } = error.failure;
    return [{ code, pointer: '', message }];
  }
}

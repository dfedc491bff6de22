import { type IssueList, quoted } from './issue-list.js';
import { NearestNames } from './nearest-names.js';
import type { TaskDraft } from './read-tasks.js';
import type { TypeCatalogue } from './type-facts.js';

/** `unknown_task_type`, `task_type_unavailable`. */
export function checkTypes(
  drafts: readonly TaskDraft[],
  catalogue: TypeCatalogue,
  names: NearestNames,
  issues: IssueList,
): void {
  for (const { index, taskType } of drafts) {
    if (taskType === null || issues.isFull) continue;
    const pointer = `/tasks/${index}/taskType`;
    const facts = catalogue.find(taskType);
    if (facts === undefined) {
      const allowed = names.propose(taskType);
      const message = `There is no task type ${quoted(taskType)}.`;
      issues.add({ code: 'unknown_task_type', pointer, message, ...(allowed && { allowed }) });
    } else if (facts.unavailable !== null) {
      const message = `${quoted(taskType)} cannot be used here: ${facts.unavailable}`;
      issues.add({ code: 'task_type_unavailable', pointer, message });
    }
  }
}

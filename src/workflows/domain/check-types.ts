import { jsonPointer } from '../../common/json.js';
import { type IssueList, quoted } from './issue-list.js';
import type { NearestNames } from './nearest-names.js';
import type { TaskDraft } from './read-tasks.js';
import { pathOf, type WorkDraft } from './read-works.js';
import type { TypeCatalogue } from './type-facts.js';

function checkType(work: WorkDraft, catalogue: TypeCatalogue, names: NearestNames, issues: IssueList): void {
  const { taskType } = work;
  if (taskType === null || issues.isFull) return;
  const facts = catalogue.find(taskType);
  if (facts?.unavailable === null) return;
  const pointer = jsonPointer([...pathOf(work), 'taskType']);
  if (facts === undefined) {
    const allowed = names.propose(taskType);
    const message = `There is no task type ${quoted(taskType)}.`;
    issues.add({ code: 'unknown_task_type', pointer, message, ...(allowed && { allowed }) });
  } else {
    const message = `${quoted(taskType)} cannot be used here: ${facts.unavailable}`;
    issues.add({ code: 'task_type_unavailable', pointer, message });
  }
}

/** `unknown_task_type`, `task_type_unavailable`. */
export function checkTypes(
  drafts: readonly TaskDraft[],
  catalogue: TypeCatalogue,
  names: NearestNames,
  issues: IssueList,
): void {
  for (const { works } of drafts) for (const work of works) checkType(work, catalogue, names, issues);
}

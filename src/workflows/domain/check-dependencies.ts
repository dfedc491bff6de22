import { type Components, findComponents } from './components.js';
import { findCycles } from './cycles.js';
import { type IssueList, quoted } from './issue-list.js';
import { type Links, linkTasks } from './links.js';
import type { NearestNames } from './nearest-names.js';
import type { TaskDraft } from './read-tasks.js';

/** What the graph checks found out. */
export interface CheckedLinks {
  /** Links of what is intact. */
  readonly links: Links;
  readonly components: Components;
  /** Every task and every dependency is in `links`; there may still be cycles. */
  readonly isWhole: boolean;
}

const MAX_SHOWN = 20;

/** `duplicate_task_id`; answers whether all ids are there and different. */
function checkIds(drafts: readonly TaskDraft[], links: Links, issues: IssueList): boolean {
  let areWhole = true;
  for (const { index, taskId } of drafts) {
    if (taskId === null) areWhole = false;
    if (taskId === null || links.indexOf.get(taskId) === index) continue;
    areWhole = false;
    const message = `The id ${quoted(taskId)} is already taken by /tasks/${links.indexOf.get(taskId)}.`;
    issues.add({ code: 'duplicate_task_id', pointer: `/tasks/${index}/taskId`, message });
  }
  return areWhole;
}

/** `self_dependency`, `unknown_dependency` of one task; answers whether all its dependencies exist. */
function checkNames(draft: TaskDraft, links: Links, names: NearestNames, issues: IssueList): boolean {
  let areWhole = true;
  draft.dependencies.forEach((name, position) => {
    if (typeof name === 'string' && name !== draft.taskId && links.indexOf.has(name)) return;
    areWhole = false;
    if (typeof name !== 'string' || issues.isFull) return;
    const pointer = `/tasks/${draft.index}/dependencies/${position}`;
    if (name === draft.taskId) {
      issues.add({ code: 'self_dependency', pointer, message: `${quoted(name)} depends on itself.` });
      return;
    }
    const allowed = names.propose(name)?.filter((proposed) => proposed !== draft.taskId);
    const message = `There is no task ${quoted(name)} to depend on.`;
    issues.add({ code: 'unknown_dependency', pointer, message, ...(allowed && { allowed }) });
  });
  return areWhole;
}

function describeCycle(path: readonly number[], size: number, links: Links): string {
  const shown = path.slice(0, MAX_SHOWN).map((index) => quoted(links.taskIds[index] as string));
  if (path.length > MAX_SHOWN) shown.push(`… ${path.length - MAX_SHOWN} more`);
  const all = size > path.length ? ` ${size} tasks in all depend on each other.` : '';
  return `Each depends on the next: ${[...shown, shown[0]].join(' → ')}.${all} Remove one of these dependencies.`;
}

/** `dependency_cycle`: one for each group of tasks that wait for each other. */
function checkCycles(links: Links, components: Components, issues: IssueList): void {
  for (const { path, size } of findCycles(links, components)) {
    const pointer = `/tasks/${path[0]}/dependencies`;
    issues.add({ code: 'dependency_cycle', pointer, message: describeCycle(path, size, links) });
  }
}

/** Checks ids and dependencies. Tasks without a readable id keep their position and are nobody's dependency. */
export function checkDependencies(
  drafts: readonly TaskDraft[],
  names: NearestNames,
  issues: IssueList,
): CheckedLinks {
  const links = linkTasks(
    drafts.map(({ taskId, index, dependencies }) => ({ taskId: taskId ?? `\u0000${index}`, dependencies })),
  );
  const components = findComponents(links);
  let isWhole = checkIds(drafts, links, issues);
  for (const draft of drafts) if (!checkNames(draft, links, names, issues)) isWhole = false;
  checkCycles(links, components, issues);
  return { links, components, isWhole };
}

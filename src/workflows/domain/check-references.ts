import { prefixIssues } from '../../common/issue.js';
import { jsonPointer } from '../../common/json.js';
import { type AncestryPair, findNonAncestors } from './ancestry.js';
import type { CheckedLinks } from './check-dependencies.js';
import { collectReferences } from './collect-references.js';
import type { Definition } from './definition.js';
import { type IssueList, quoted } from './issue-list.js';
import type { NearestNames } from './nearest-names.js';
import { type PlacedReference, placed, type ScannedWork } from './scan-task.js';

interface PlacedPair extends AncestryPair, PlacedReference {
  readonly taskId: string | null;
}

/** `unknown_reference`; answers the position of the task referred to, null for the input or an unknown task. */
function checkTarget(
  { path, reference }: PlacedReference,
  indexOf: ReadonlyMap<string, number>,
  names: NearestNames,
  issues: IssueList,
): number | null {
  if (reference.taskId === null) return null;
  const target = indexOf.get(reference.taskId);
  if (target !== undefined) return target;
  if (!issues.isFull) {
    const allowed = names.propose(reference.taskId);
    const message = `There is no task ${quoted(reference.taskId)} whose result could be used.`;
    issues.add({
      code: 'unknown_reference',
      pointer: jsonPointer(path),
      message,
      ...(allowed && { allowed }),
    });
  }
  return null;
}

/** Distinct (task, referenced task) pairs of each work, grouped by task, each with the place where it first occurs. */
function pairsOf(
  works: readonly ScannedWork[],
  { links }: CheckedLinks,
  names: NearestNames,
  issues: IssueList,
): PlacedPair[] {
  const pairs: PlacedPair[] = [];
  for (const { draft, references } of works) {
    const seen = new Set<number>();
    for (const found of references) {
      const ancestor = checkTarget(found, links.indexOf, names, issues);
      if (ancestor === null || seen.has(ancestor)) continue;
      seen.add(ancestor);
      pairs.push({ task: draft.index, taskId: draft.taskId, ancestor, ...found });
    }
  }
  return pairs;
}

function messageFor(pair: PlacedPair): string {
  const [task, ancestor] = [pair.taskId, pair.reference.taskId].map((taskId) => quoted(taskId ?? ''));
  if (pair.task === pair.ancestor) return `${task} cannot use its own result.`;
  return `${task} uses the result of ${ancestor} without depending on it. Add ${ancestor} to its dependencies.`;
}

/**
 * `unknown_reference`, `reference_not_ancestor`: a task, its alternatives and its compensation may use the results of
 * the ancestors of the task only, the compensation also the task's own.
 */
export function checkReferences(
  works: readonly ScannedWork[],
  checked: CheckedLinks,
  names: NearestNames,
  issues: IssueList,
): void {
  const pairs = pairsOf(works, checked, names, issues);
  for (const pair of findNonAncestors(checked.links, checked.components, pairs)) {
    const pointer = jsonPointer(pair.path);
    issues.add({ code: 'reference_not_ancestor', pointer, message: messageFor(pair) });
  }
}

/** The same for `output`, which may use the result of every task. */
export function checkOutput(
  output: Definition['output'],
  checked: CheckedLinks,
  names: NearestNames,
  issues: IssueList,
): void {
  if (output === undefined) return;
  const found = collectReferences(output);
  for (const issue of prefixIssues(found.issues, '/output')) issues.add(issue);
  for (const one of placed(found.templates, ['output']))
    checkTarget(one, checked.links.indexOf, names, issues);
}

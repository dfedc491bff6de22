import { prefixIssues } from '../../common/issue.js';
import { jsonPointer } from '../../common/json.js';
import {
  type CollectedReferences,
  collectReferences,
  type FoundTemplate,
  referencesOf,
} from './collect-references.js';
import type { WhenCondition } from './definition.js';
import type { IssueList } from './issue-list.js';
import type { TaskDraft } from './read-tasks.js';
import { pathOf, type WorkDraft } from './read-works.js';
import { onlyReference, type Reference } from './reference.js';
import type { TypeFacts } from './type-facts.js';

/** A reference and where it stands: a path into the definition. */
export interface PlacedReference {
  readonly path: readonly PropertyKey[];
  readonly reference: Reference;
}

/** All references of one work of a task; those of the task's condition are with the task itself. */
export interface ScannedWork {
  readonly draft: TaskDraft;
  readonly work: WorkDraft;
  /** Without those a compensation makes to the result it compensates, which are always right. */
  readonly references: readonly PlacedReference[];
  /** What was found in the parameters, by paths into these. */
  readonly inParameters: CollectedReferences;
}

const NOTHING: ReadonlySet<string> = new Set();
const NO_REFERENCES: CollectedReferences = { templates: [], issues: [] };

/** References by their place in the definition, from texts by their place under `path`. */
export function placed(templates: readonly FoundTemplate[], path: readonly PropertyKey[]): PlacedReference[] {
  return templates.flatMap((found) =>
    referencesOf(found.template).map((reference) => ({ path: [...path, ...found.path], reference })),
  );
}

function scanWhen(when: WhenCondition, index: number, issues: IssueList): PlacedReference[] {
  const path = ['tasks', index, 'when', 'value'];
  const pointer = `/tasks/${index}/when/value`;
  const found = collectReferences(when.value);
  for (const issue of found.issues) issues.add({ ...issue, pointer });
  const [template] = found.templates;
  if (found.issues.length === 0 && (template === undefined || onlyReference(template.template) === null)) {
    const message = 'value is exactly one reference, as in {{ tasks.check.result.valid }}.';
    issues.add({ code: 'invalid_reference', pointer, message });
  }
  return placed(found.templates, path);
}

/**
 * Finds the references of a work and reports those that cannot be read. The literal parameters of an unknown type
 * are unknown too, so its syntax errors are not reported.
 */
export function scanWork(
  draft: TaskDraft,
  work: WorkDraft,
  facts: TypeFacts | undefined,
  issues: IssueList,
): ScannedWork {
  const isMain = work === draft.works[0];
  const inWhen = isMain && draft.when !== null ? scanWhen(draft.when, draft.index, issues) : [];
  if (work.parameters === null) return { draft, work, references: inWhen, inParameters: NO_REFERENCES };
  const inParameters = collectReferences(work.parameters, facts?.type.literalParameters ?? NOTHING);
  const { templates, issues: unreadable } = inParameters;
  if (templates.length === 0 && unreadable.length === 0)
    return { draft, work, references: inWhen, inParameters };
  const path = [...pathOf(work), 'parameters'];
  if (facts !== undefined) {
    for (const issue of prefixIssues(unreadable, jsonPointer(path))) issues.add(issue);
  }
  const references = placed(templates, path).filter(
    ({ reference }) => !work.mayUseOwnResult || reference.taskId !== draft.taskId,
  );
  return { draft, work, references: [...references, ...inWhen], inParameters };
}

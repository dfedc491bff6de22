import { prefixIssues } from '../../common/issue.js';
import {
  type CollectedReferences,
  collectReferences,
  type FoundTemplate,
  referencesOf,
} from './collect-references.js';
import type { WhenCondition } from './definition.js';
import type { IssueList } from './issue-list.js';
import type { TaskDraft } from './read-tasks.js';
import { onlyReference, type Reference } from './reference.js';
import type { TypeFacts } from './type-facts.js';

/** A reference and where it stands: a path into the definition. */
export interface PlacedReference {
  readonly path: readonly PropertyKey[];
  readonly reference: Reference;
}

/** All references of one task. */
export interface ScannedTask {
  readonly draft: TaskDraft;
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
 * Finds the references of a task and reports those that cannot be read. The literal parameters of an unknown type
 * are unknown too, so its syntax errors are not reported.
 */
export function scanTask(draft: TaskDraft, facts: TypeFacts | undefined, issues: IssueList): ScannedTask {
  const inWhen = draft.when === null ? [] : scanWhen(draft.when, draft.index, issues);
  if (draft.parameters === null) return { draft, references: inWhen, inParameters: NO_REFERENCES };
  const found = collectReferences(draft.parameters, facts?.type.literalParameters ?? NOTHING);
  if (facts !== undefined) {
    for (const issue of prefixIssues(found.issues, `/tasks/${draft.index}/parameters`)) issues.add(issue);
  }
  return {
    draft,
    references: [...placed(found.templates, ['tasks', draft.index, 'parameters']), ...inWhen],
    inParameters: found,
  };
}

import { type Issue, prefixIssues } from '../../common/issue.js';
import { checkAgents } from './check-agents.js';
import { type CheckedLinks, checkDependencies } from './check-dependencies.js';
import { checkParameters } from './check-parameters.js';
import { checkOutput, checkReferences } from './check-references.js';
import { checkTypes } from './check-types.js';
import type { Definition, TaskDefinition } from './definition.js';
import { orderLinks, type TaskGraph } from './graph.js';
import { IssueList } from './issue-list.js';
import { NearestNames } from './nearest-names.js';
import { type DefinitionDraft, readDefinition } from './read-definition.js';
import { type ScannedWork, scanWork } from './scan-task.js';
import { TypeCatalogue } from './type-facts.js';
import type { ValidationContext } from './validation-context.js';
import { ValueChecks } from './value-checks.js';

/** All that is known of a checked definition. */
export interface Validation {
  readonly valid: boolean;
  /** All issues at once, pointers into the definition; after 1,000 one summary issue. */
  readonly issues: readonly Issue[];
  /** Typed, defaults filled in; null unless valid. */
  readonly definition: Definition | null;
  /**
   * What can be quoted: null when the graph is broken. Other issues do not prevent a quote, but fields with issues
   * are left out of this definition: never store or run it, use `definition`.
   */
  readonly quotable: { readonly definition: Definition; readonly graph: TaskGraph } | null;
}

function quotableOf(draft: DefinitionDraft, { links, isWhole }: CheckedLinks): Validation['quotable'] {
  const tasks = draft.tasks.map(({ task }) => task).filter((task): task is TaskDefinition => task !== null);
  if (!isWhole || tasks.length < draft.tasks.length || tasks.length === 0) return null;
  const graph = orderLinks(links);
  return graph && { definition: { ...draft.envelope, tasks }, graph };
}

function check(draft: DefinitionDraft, context: ValidationContext, issues: IssueList): CheckedLinks {
  const catalogue = new TypeCatalogue(context);
  const taskNames = new NearestNames(
    draft.tasks.map(({ taskId }) => taskId).filter((taskId) => taskId !== null),
  );
  const checks = new ValueChecks();
  checkTypes(draft.tasks, catalogue, new NearestNames(context.taskTypeNames ?? []), issues);
  const checked = checkDependencies(draft.tasks, taskNames, issues);
  const scanned: ScannedWork[] = [];
  for (const task of draft.tasks) {
    for (const work of task.works) {
      const facts = work.taskType === null ? undefined : catalogue.find(work.taskType);
      const scannedWork = scanWork(task, work, facts, issues);
      if (facts !== undefined) checkParameters(scannedWork, facts, checks, issues);
      scanned.push(scannedWork);
    }
  }
  checkReferences(scanned, checked, taskNames, issues);
  const { checkSchema = () => [] } = context;
  const inSchema = checks.one(checkSchema, draft.envelope.inputSchema);
  for (const issue of prefixIssues(inSchema, '/inputSchema')) issues.add(issue);
  checkOutput(draft.envelope.output, checked, taskNames, issues);
  if (context.agents !== undefined) checkAgents(draft.tasks, catalogue, context.agents, issues);
  return checked;
}

/**
 * Checks a definition of unknown shape against task types and agents and reports every issue at once; each check
 * runs on whatever is intact. Never throws for a value that came from JSON. Linear in the size of the definition.
 */
export function validateDefinition(value: unknown, context: ValidationContext): Validation {
  const issues = new IssueList();
  const draft = readDefinition(value, issues);
  const quotable = draft && quotableOf(draft, check(draft, context, issues));
  const found = issues.toArray();
  const valid = found.length === 0;
  return { valid, issues: found, definition: valid ? (quotable?.definition ?? null) : null, quotable };
}

/** `validateDefinition` for callers that need no quote: the definition, or why there is none. */
export function parseDefinition(
  value: unknown,
  context: ValidationContext,
): { readonly definition: Definition | null; readonly issues: readonly Issue[] } {
  const { definition, issues } = validateDefinition(value, context);
  return { definition, issues };
}

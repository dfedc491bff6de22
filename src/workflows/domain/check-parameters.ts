import type { z } from 'zod';
import { prefixIssues } from '../../common/issue.js';
import { type JsonObject, jsonPointer } from '../../common/json.js';
import { type CollectedReferences } from './collect-references.js';
import type { IssueList } from './issue-list.js';
import type { ScannedWork } from './scan-task.js';
import { pathOf } from './read-works.js';
import { fromSchemaIssue, type SchemaIssueOptions } from './schema-issues.js';
import type { TypeFacts } from './type-facts.js';
import type { ValueChecks } from './value-checks.js';

/** Pointers of texts whose value is not known before the run; broken references have issues of their own. */
function unknownPlaces(found: CollectedReferences): Set<string> {
  return new Set([
    ...found.templates.map((template) => jsonPointer(template.path)),
    ...found.issues.map((issue) => issue.pointer),
  ]);
}

/** Whether a complaint is about a value that is not known yet. */
function isUndecided(
  problem: z.core.$ZodIssue,
  base: readonly PropertyKey[],
  unknown: ReadonlySet<string>,
): boolean {
  const path = [...base, ...problem.path];
  for (let length = path.length; length > 0; length--) {
    if (unknown.has(jsonPointer(path.slice(0, length)))) return true;
  }
  if (problem.code !== 'invalid_union') return false;
  return problem.errors.some(
    (way) => way.length > 0 && way.every((nested) => isUndecided(nested, path, unknown)),
  );
}

function optionsFor(path: readonly PropertyKey[], facts: TypeFacts): SchemaIssueOptions {
  const { properties } = facts.type.parametersJsonSchema;
  return {
    path,
    code: () => 'invalid_parameters',
    unknownFieldCode: 'invalid_parameters',
    knownFields: (path) => (path.length === 0 ? Object.keys((properties ?? {}) as JsonObject) : undefined),
  };
}

function problemsOf(parameters: JsonObject, facts: TypeFacts): readonly z.core.$ZodIssue[] {
  try {
    return facts.type.parameters.safeParse(parameters).error?.issues ?? [];
  } catch (error) {
    const message = `cannot be checked: ${error instanceof Error ? error.message : String(error)}`;
    return [{ code: 'custom', path: [], message, input: parameters }];
  }
}

/** Parameters with nothing wrong and nothing unknown in them, as far as the schema and the references tell. */
function sound(
  problems: readonly z.core.$ZodIssue[],
  unknown: ReadonlySet<string>,
): (name: string) => boolean {
  const doubtful = new Set<PropertyKey>(problems.map(({ path }) => path[0] ?? ''));
  const pointers = [...unknown];
  return (name) => {
    const pointer = jsonPointer([name]);
    return !doubtful.has(name) && !pointers.some((one) => one === pointer || one.startsWith(`${pointer}/`));
  };
}

/**
 * `invalid_parameters`: what the type's schema says of the parameters, as far as it does not depend on references;
 * then what the checks of the type say, with their own codes.
 */
export function checkParameters(
  { work, inParameters }: ScannedWork,
  facts: TypeFacts,
  checks: ValueChecks,
  issues: IssueList,
): void {
  if (work.parameters === null) return;
  const problems = problemsOf(work.parameters, facts);
  if (problems.length === 0 && facts.type.parameterChecks.size === 0) return;
  const unknown = unknownPlaces(inParameters);
  const path = [...pathOf(work), 'parameters'];
  const options = optionsFor(path, facts);
  for (const problem of problems) {
    if (isUndecided(problem, [], unknown)) continue;
    for (const issue of fromSchemaIssue(problem, options)) issues.add(issue);
  }
  if (issues.isFull) return;
  const found = checks.run(facts.type, work.parameters, sound(problems, unknown));
  for (const issue of prefixIssues(found, jsonPointer(path))) issues.add(issue);
}

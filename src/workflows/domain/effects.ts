import { isJsonObject, type JsonObject, type JsonValue } from '../../common/json.js';
import { type Effect, EFFECTS } from '../../tasks/domain/effect.js';
import type { RegisteredTaskType } from '../../tasks/domain/registered-task-type.js';
import { collectReferences } from './collect-references.js';
import type { TaskDefinition } from './definition.js';
import { worksOfAll } from './works.js';

const MAX_CANDIDATES = 64;

/** The effect of parameters as they stand; null when they do not fit the type. */
function effectOf(type: RegisteredTaskType, parameters: unknown): Effect | null {
  try {
    const parsed = type.parameters.safeParse(parameters);
    return parsed.success ? type.effects(parsed.data) : null;
  } catch {
    return null;
  }
}

function effectsOf(type: RegisteredTaskType, candidates: readonly unknown[]): Set<Effect> {
  return new Set(
    candidates.map((candidate) => effectOf(type, candidate)).filter((effect) => effect !== null),
  );
}

/** Values a parameter could take, as far as they are known: its closed set, and what the examples give it. */
function possibleValues(type: RegisteredTaskType, name: string): JsonValue[] {
  const properties = type.parametersJsonSchema['properties'];
  const property = isJsonObject(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined;
  const closed =
    isJsonObject(property) && Array.isArray(property['enum']) ? (property['enum'] as JsonValue[]) : [];
  const shown = type.examples
    .map((example) => example.parameters as JsonObject)
    .filter((parameters) => Object.hasOwn(parameters, name))
    .map((parameters) => parameters[name] as JsonValue);
  return [...closed, ...shown];
}

/** The parameters with each unknown one replaced by each value it could take; an unknown of unknowns is left out. */
function candidatesFor(
  type: RegisteredTaskType,
  parameters: JsonObject,
  unknown: ReadonlySet<string>,
): JsonObject[] {
  const known = Object.entries(parameters).filter(([name]) => !unknown.has(name));
  let candidates: JsonObject[] = [Object.fromEntries(known)];
  for (const name of unknown) {
    const values = possibleValues(type, name);
    if (values.length === 0) continue;
    candidates = candidates.flatMap((base) => values.map((value) => ({ ...base, [name]: value })));
    candidates = candidates.slice(0, MAX_CANDIDATES);
  }
  return candidates;
}

/** Nothing to go by counts as the worst. */
function effectsOfExamples(type: RegisteredTaskType): Set<Effect> {
  const shown = type.examples.map((example) => example.parameters);
  const effects = effectsOf(type, shown);
  return effects.size > 0 ? effects : new Set<Effect>(['irreversible']);
}

function effectsOfWork(
  type: RegisteredTaskType,
  parameters: JsonObject,
  everywhere: ReadonlySet<Effect>,
): ReadonlySet<Effect> {
  const { templates, issues } = collectReferences(parameters, type.literalParameters);
  if (templates.length === 0 && issues.length === 0) {
    const effect = effectOf(type, parameters);
    return effect === null ? everywhere : new Set([effect]);
  }
  const unknown = new Set(templates.map((template) => String(template.path[0])));
  const possible = effectsOf(type, candidatesFor(type, parameters, unknown));
  return possible.size > 0 ? possible : everywhere;
}

/**
 * Every effect the tasks, their alternatives and their compensations can have, mildest first. Parameters that depend on references are tried with the values
 * they could take (closed sets and examples of the type); what cannot be told counts with all effects of the examples,
 * without any as irreversible. Unknown types are left out.
 */
export function effectsOfTasks(
  tasks: readonly TaskDefinition[],
  findTaskType: (name: string) => RegisteredTaskType | undefined,
): Effect[] {
  const found = new Set<Effect>();
  for (const [name, ofType] of Map.groupBy(worksOfAll(tasks), (work) => work.taskType)) {
    const type = findTaskType(name);
    if (type === undefined) continue;
    const everywhere = effectsOfExamples(type);
    for (const { parameters } of ofType) {
      if (found.size === EFFECTS.length) break;
      for (const effect of effectsOfWork(type, parameters, everywhere)) found.add(effect);
    }
  }
  return EFFECTS.filter((effect) => found.has(effect));
}

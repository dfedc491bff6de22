import type { JsonObject, JsonValue } from '../../../common/json.js';
import { findNonAncestors } from '../../../workflows/domain/ancestry.js';
import { collectReferences, referencesOf } from '../../../workflows/domain/collect-references.js';
import { findComponents } from '../../../workflows/domain/components.js';
import { linkTasks } from '../../../workflows/domain/links.js';

/** A task as far as its data and its order go. */
export interface ReferringTask {
  readonly taskId: string;
  readonly dependencies: readonly string[];
  readonly parameters: JsonObject;
  readonly when?: JsonValue;
  readonly literalParameters: ReadonlySet<string>;
}

function referredBy({ parameters, when, literalParameters }: ReferringTask): Set<string> {
  const inParameters = collectReferences(parameters, literalParameters).templates;
  const inWhen = when === undefined ? [] : collectReferences(when).templates;
  const references = [...inParameters, ...inWhen].flatMap(({ template }) => referencesOf(template));
  return new Set(references.map(({ taskId }) => taskId).filter((taskId) => taskId !== null));
}

/** The tasks each task uses the result of without waiting for them, by its position. A task's own result is left out. */
export function missingDependencies(tasks: readonly ReferringTask[]): ReadonlyMap<number, readonly string[]> {
  const links = linkTasks(tasks);
  const pairs = tasks.flatMap((task, index) =>
    [...referredBy(task)].flatMap((taskId) => {
      const ancestor = links.indexOf.get(taskId);
      return ancestor === undefined || ancestor === index ? [] : [{ task: index, ancestor, taskId }];
    }),
  );
  const missing = findNonAncestors(links, findComponents(links), pairs);
  return new Map(
    [...Map.groupBy(missing, ({ task }) => task)].map(([task, found]) => [
      task,
      found.map(({ taskId }) => taskId),
    ]),
  );
}

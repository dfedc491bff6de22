import { prefixIssues } from '../../common/issue.js';
import type { JsonValue } from '../../common/json.js';
import type { Definition } from './definition.js';
import type { ReferenceScope } from './resolve-reference.js';
import { type ResolvedValue, resolveValue } from './references.js';

/** taskIds nobody depends on, by position. */
export function sinksOf(definition: Definition): string[] {
  const awaited = new Set(definition.tasks.flatMap((task) => task.dependencies));
  return definition.tasks.map((task) => task.taskId).filter((taskId) => !awaited.has(taskId));
}

/** A run's output: the definition's `output` with its references replaced, else the results of the sinks by taskId. */
export function resolveOutput(definition: Definition, scope: ReferenceScope): ResolvedValue {
  if (definition.output === undefined) {
    return {
      value: Object.fromEntries(
        sinksOf(definition).map((taskId): [string, JsonValue] => [taskId, scope.result(taskId) ?? null]),
      ),
    };
  }
  const resolved = resolveValue(definition.output, scope);
  return 'issues' in resolved ? { issues: prefixIssues(resolved.issues, '/output') } : resolved;
}

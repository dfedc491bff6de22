import { prefixIssues, type Issue } from '../../common/issue.js';
import type { JsonValue } from '../../common/json.js';
import type { WhenCondition } from './definition.js';
import { jsonEqual } from './json-equal.js';
import type { ReferenceScope } from './resolve-reference.js';
import { resolveValue } from './references.js';

export type WhenDecision = { readonly run: boolean } | { readonly issues: readonly Issue[] };

function holds(when: WhenCondition, value: JsonValue): boolean {
  if (when.in !== undefined) return when.in.some((literal) => jsonEqual(literal, value));
  if (when.notEquals !== undefined) return !jsonEqual(when.notEquals, value);
  return when.equals !== undefined && jsonEqual(when.equals, value);
}

/** Whether a task with this condition runs; issues (pointers into the condition) when its reference has no value. */
export function evaluateWhen(when: WhenCondition, scope: ReferenceScope): WhenDecision {
  const resolved = resolveValue(when.value, scope);
  if ('issues' in resolved) return { issues: prefixIssues(resolved.issues, '/value') };
  return { run: holds(when, resolved.value) };
}

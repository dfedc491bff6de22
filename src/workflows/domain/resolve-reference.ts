import type { JsonValue } from '../../common/json.js';
import type { PathSegment, Reference } from './reference.js';

/** What references are resolved against. */
export interface ReferenceScope {
  readonly input: JsonValue;
  /** The recorded result, `null` for a skipped or optional-failed task; undefined when there is no such task. */
  result(taskId: string): JsonValue | undefined;
}

export type Resolved<T = JsonValue> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

/** Own members only: a prototype is never looked at, and an array has no names. */
function step(value: JsonValue, segment: PathSegment): JsonValue | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value))
    return typeof segment === 'number' ? (value as readonly JsonValue[])[segment] : undefined;
  if (typeof segment === 'number' || !Object.hasOwn(value, segment)) return undefined;
  return (value as { readonly [key: string]: JsonValue })[segment];
}

function nameOf(value: JsonValue): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value !== 'object') return `a ${typeof value}`;
  const keys = Object.keys(value);
  const shown = keys.slice(0, 10).map((key) => key.slice(0, 40));
  return `an object with ${keys.length === 0 ? 'no members' : shown.join(', ') + (keys.length > 10 ? ', …' : '')}`;
}

/** The value a reference stands for, its `??` default when the path is absent, else why there is none. */
export function resolveReference(reference: Reference, scope: ReferenceScope): Resolved {
  let value = reference.taskId === null ? scope.input : scope.result(reference.taskId);
  let reason = `there is no result of ${JSON.stringify(reference.taskId)}`;
  for (const segment of reference.path) {
    if (value === undefined) break;
    reason = `${typeof segment === 'number' ? `[${segment}]` : JSON.stringify(segment)} is absent in ${nameOf(value)}`;
    value = step(value, segment);
  }
  if (value !== undefined) return { ok: true, value };
  if (reference.fallback !== undefined) return { ok: true, value: reference.fallback.value };
  return {
    ok: false,
    message: `${reference.text.slice(0, 200)} has no value: ${reason}. Write ?? <literal> for a default`,
  };
}

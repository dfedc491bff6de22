import { jsonPointer } from './json.js';

/** Why a value cannot be stored as `jsonb`, and where. */
export interface Unstorable {
  readonly pointer: string;
  readonly reason: string;
}

const MAX_DEPTH = 100;

function textProblem(text: string): string | null {
  if (text.includes('\u0000'))
    return 'text contains the NUL character (U+0000), which PostgreSQL cannot store';
  if (!text.isWellFormed()) return 'text contains a lone surrogate, which is not valid Unicode';
  return null;
}

function leafProblem(value: unknown): string | null {
  switch (typeof value) {
    case 'string':
      return textProblem(value);
    case 'number':
      return Number.isFinite(value) ? null : `${value} is not a JSON number`;
    case 'boolean':
      return null;
    default:
      return `a value of type ${typeof value} is not JSON`;
  }
}

type Open = { readonly value: object; readonly path: readonly PropertyKey[] };

/**
 * Proves that a value can be stored as `jsonb`: plain JSON, at most 100 levels deep, no NUL, no lone surrogate.
 * Answers the first problem found, null when there is none. Iterative, so that depth cannot overflow the stack.
 * Members that are `undefined` are ignored, as JSON.stringify does.
 */
export function findUnstorable(root: unknown): Unstorable | null {
  if (root === null) return null;
  if (typeof root !== 'object') {
    const reason = leafProblem(root);
    return reason === null ? null : { pointer: '', reason };
  }
  const open: Open[] = [{ value: root, path: [] }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, path } = next;
    if (path.length > MAX_DEPTH) {
      return { pointer: jsonPointer(path.slice(0, 3)), reason: `nested deeper than ${MAX_DEPTH} levels` };
    }
    const isArray = Array.isArray(value);
    if (!isArray) {
      const prototype: unknown = Object.getPrototypeOf(value);
      if (prototype !== Object.prototype && prototype !== null) {
        const className = (value.constructor as { name?: string } | undefined)?.name ?? 'unknown';
        return { pointer: jsonPointer(path), reason: `an object of class ${className} is not plain JSON` };
      }
    }
    for (const [key, member] of Object.entries(value)) {
      if (member === undefined && !isArray) continue;
      const reason = isArray ? null : textProblem(key);
      if (reason !== null) return { pointer: jsonPointer(path), reason: `key: ${reason}` };
      if (member !== null && typeof member === 'object') {
        open.push({ value: member as object, path: [...path, key] });
      } else if (member !== null) {
        const problem = leafProblem(member);
        if (problem !== null) return { pointer: jsonPointer([...path, key]), reason: problem };
      }
    }
  }
  return null;
}

import type { z } from 'zod';
import type { Issue } from './issue.js';
import { jsonPointer } from './json.js';
import { sentence } from './wording.js';
import { unknownField } from './zod-messages.js';

type ZodIssue = z.core.$ZodIssue;

const toText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function lookUp(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    root,
  );
}

/** Of a union that nothing fits, what the closest member says: the one with the fewest issues. */
function closestMember(members: readonly (readonly ZodIssue[])[]): readonly ZodIssue[] {
  return members.reduce<readonly ZodIssue[]>(
    (closest, issues) => (closest.length === 0 || issues.length < closest.length ? issues : closest),
    [],
  );
}

function convert(issue: ZodIssue, at: readonly PropertyKey[], root: unknown): Issue[] {
  const path = [...at, ...issue.path];
  const pointer = jsonPointer(path);
  const message = sentence(issue.message);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        code: 'unknown_field',
        pointer: jsonPointer([...path, key]),
        message: unknownField(key),
      }));
    case 'invalid_value': {
      const allowed = issue.values.map(toText);
      return [{ code: 'invalid_value', pointer, message, allowed }];
    }
    case 'invalid_union': {
      const closest = closestMember(issue.errors);
      if (closest.length > 0) return closest.flatMap((inner) => convert(inner, path, root));
      return [{ code: 'invalid_value', pointer, message }];
    }
    case 'invalid_type':
      return [{ code: lookUp(root, path) === undefined ? 'required' : 'invalid_type', pointer, message }];
    default:
      return [{ code: issue.code === 'custom' ? 'invalid_value' : issue.code, pointer, message }];
  }
}

/**
 * Issues of a zod schema in the form every answer shows them: one per unknown key (`unknown_field`), a missing value
 * is `required`, a closed set lists what is `allowed`. `root` is the value that was checked.
 */
export function issuesOf(issues: readonly ZodIssue[], root: unknown): Issue[] {
  return issues.flatMap((issue) => convert(issue, [], root));
}

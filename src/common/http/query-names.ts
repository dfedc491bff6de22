import { z } from 'zod';
import type { Issue } from '../issue.js';

/** A query of these parameters, whatever their values. */
export const queryOf = (names: readonly string[]): z.ZodObject =>
  z.strictObject(Object.fromEntries(names.map((name) => [name, z.unknown().optional()])));

/** Of an issue with a query: an unknown parameter is named as one, with those that are known. */
export function naming(issue: Issue, schema: unknown): Issue {
  if (issue.code !== 'unknown_field' || !(schema instanceof z.ZodObject)) return issue;
  const allowed = Object.keys(schema.shape);
  const taken = allowed.length === 0 ? 'none' : allowed.join(', ');
  const name = JSON.stringify(issue.pointer.slice(1).replaceAll('~1', '/').replaceAll('~0', '~'));
  return {
    ...issue,
    message: `There is no query parameter ${name} here; this route takes ${taken}.`,
    allowed,
  };
}

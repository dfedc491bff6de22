import { type ArgumentMetadata, Injectable, StandardSchemaValidationPipe } from '@nestjs/common';
import type { z } from 'zod';
import type { Issue } from '../issue.js';
import { findUnstorable } from '../storable.js';
import { NotFoundError, TandemError } from '../tandem-error.js';
import { issuesOf } from '../zod-issues.js';
import { resourceOf } from './path-id.js';
import { naming } from './query-names.js';

const PLACES: Readonly<Record<string, string>> = { body: 'body', query: 'query', param: 'path' };

export function invalidRequest(where: string, issues: readonly Issue[]): TandemError {
  const count = issues.length === 1 ? 'One thing is' : `${issues.length} things are`;
  return new TandemError({
    kind: 'malformed',
    code: 'invalid_request',
    message: `${count} wrong with the ${where} of the request; \`errors\` lists all.`,
    issues,
  });
}

/** Text of path and query reaches the database as keys and filters, so it must be storable like a body. */
function assertStorable(value: unknown, where: string): void {
  const found = findUnstorable(typeof value === 'object' ? { ...value } : value);
  if (found === null) return;
  throw invalidRequest(where, [{ code: 'unstorable', pointer: found.pointer, message: found.reason }]);
}

/**
 * Checks body, query and path parameters against the zod schema of `@Body({ schema })` and its likes and hands the
 * parsed value to the handler. Fails as `invalid_request` with all issues. No body counts as an empty object.
 */
@Injectable()
export class ValidationPipe extends StandardSchemaValidationPipe {
  override async transform<T>(value: T, { type, schema }: ArgumentMetadata): Promise<T> {
    const where = PLACES[type];
    if (where === undefined) return value;
    const resource = schema === undefined ? undefined : resourceOf(schema);
    if (type !== 'body' && resource === undefined && value !== undefined) assertStorable(value, where);
    if (schema === undefined) return value;
    const given: unknown = type === 'body' && value === undefined ? {} : value;
    const result = await this.validate<T>(given, schema);
    if (result.issues === undefined) return result.value;
    if (resource !== undefined) throw new NotFoundError(resource, String(given).slice(0, 100));
    const issues = issuesOf(result.issues as readonly z.core.$ZodIssue[], given);
    throw invalidRequest(where, type === 'query' ? issues.map((issue) => naming(issue, schema)) : issues);
  }
}

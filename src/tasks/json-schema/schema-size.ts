import { TaskError } from '../domain/task-error.js';

const MAX_SCHEMA_LENGTH = 256 * 1024;

/** The characters of a schema; fails as `invalid_schema` above 256 KiB. */
export function schemaLength(schema: unknown): number {
  const { length } = JSON.stringify(schema);
  if (length <= MAX_SCHEMA_LENGTH) return length;
  throw new TaskError({
    code: 'invalid_schema',
    class: 'invalid_input',
    effect: 'none',
    message: `The schema has ${length} characters; at most ${MAX_SCHEMA_LENGTH} are allowed.`,
  });
}

import { z } from 'zod';
import { queryNumber } from './query-number.js';
import { TandemError } from './tandem-error.js';

/** A page of a list. `nextCursor` is null on the last page; cursors are opaque to callers. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** Keyset position of the last item of a page of one list. Ids are UUIDv7, so they carry the order by creation. */
const cursorSchema = z.strictObject({ list: z.string(), after: z.string().min(1).max(200) });

function encodeCursor(list: string, after: string): string {
  return Buffer.from(JSON.stringify({ list, after })).toString('base64url');
}

export function invalidCursor(cursor: string, cause?: unknown): TandemError {
  return new TandemError({
    kind: 'malformed',
    code: 'invalid_cursor',
    message: `${JSON.stringify(cursor.slice(0, 80))} is not a cursor of this list. Use nextCursor of the previous page as it is.`,
    cause,
  });
}

/** The position a cursor holds; null without one. Fails as `invalid_cursor`, also for a cursor of another list. */
export function decodeCursor(cursor: string | undefined, list: string): string | null {
  if (cursor === undefined) return null;
  try {
    const position = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    if (position.list === list) return position.after;
  } catch (cause) {
    throw invalidCursor(cursor, cause);
  }
  throw invalidCursor(cursor);
}

/**
 * Cuts a page out of `limit + 1` rows: the extra row only says that there is a next page. `list` names the list in its
 * cursor, and only a list of that name takes it.
 */
export function toPage<T>(
  rows: readonly T[],
  limit: number,
  keyOf: (row: T) => string,
  list: string,
): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const hasNext = rows.length > limit && last !== undefined;
  return { items, nextCursor: hasNext ? encodeCursor(list, keyOf(last)) : null };
}

/** Query of every list route; routes extend it with their filters. */
export const listQuerySchema = z.strictObject({
  limit: queryNumber((number) => number.int().min(1).max(200))
    .prefault(50)
    .meta({ description: 'Items on a page.' }),
  cursor: z.string().max(400).optional().meta({ description: '`nextCursor` of the page before, as it is.' }),
});
export type ListQuery = z.output<typeof listQuerySchema>;

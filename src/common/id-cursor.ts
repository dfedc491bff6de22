import { z } from 'zod';
import { decodeCursor } from './cursor.js';
import { TandemError } from './tandem-error.js';

/** The position of a list in order of id; null without a cursor. A cursor that holds no id is refused as foreign. */
export function decodeIdCursor(cursor: string | undefined): string | null {
  const after = decodeCursor(cursor);
  if (after === null || z.uuid().safeParse(after).success) return after;
  throw new TandemError({
    kind: 'malformed',
    code: 'invalid_cursor',
    message: `${JSON.stringify(cursor?.slice(0, 80))} is not a cursor of this list. Use nextCursor of the previous page as it is.`,
  });
}

import { z } from 'zod';
import { decodeCursor, invalidCursor } from './cursor.js';

/** The position of a list in order of id; null without a cursor. A cursor that holds no id is refused as foreign. */
export function decodeIdCursor(cursor: string | undefined, list: string): string | null {
  const after = decodeCursor(cursor, list);
  if (cursor === undefined || z.uuid().safeParse(after).success) return after;
  throw invalidCursor(cursor);
}

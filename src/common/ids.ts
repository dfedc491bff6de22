import { parse, v5, v7, validate } from 'uuid';

/** Bytes of one id. */
const SIZE = 16;
/** Random bytes for many ids: most of the time an id takes is asking the system for them. */
const pool = new Uint8Array(SIZE * 256);
let used = pool.length;
let lastMs = 0;
let sequence = 0;

/** UUIDv7 (RFC 9562): ids sort by the time they were made, so new index entries are appended. */
export function newId(): string {
  if (used === pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  const random = pool.subarray(used, (used += SIZE));
  // A clock that was set back does not set back the ids.
  const now = Math.max(Date.now(), lastMs);
  // Begins anywhere (31 bits): two processes are not to count alike.
  sequence =
    now === lastMs ? sequence + 1 : new DataView(random.buffer, random.byteOffset).getUint32(6) >>> 1;
  lastMs = now;
  return v7({ msecs: now, seq: sequence, random });
}

/** The same UUIDv7 for the same arguments: made at `atMs` out of another id, the `sequence`th in that millisecond. */
export const derivedId = (from: string, atMs: number, sequence: number): string =>
  v7({ msecs: atMs, random: parse(from), seq: sequence });

export const isUuid = (text: string): boolean => validate(text);

/** The same UUIDv5 for the same arguments: what belongs to another id under a name. */
export const namedId = (of: string, name: string): string => v5(name, of);

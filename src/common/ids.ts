import { parse, v7 } from 'uuid';

/** UUIDv7 (RFC 9562): ids sort by the time they were made, so new index entries are appended. */
export const newId = (): string => v7();

/** The same UUIDv7 for the same arguments: made at `atMs` out of another id, the `sequence`th in that millisecond. */
export const derivedId = (from: string, atMs: number, sequence: number): string =>
  v7({ msecs: atMs, random: parse(from), seq: sequence });

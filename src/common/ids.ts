import { v7 } from 'uuid';

/** UUIDv7 (RFC 9562): ids sort by the time they were made, so new index entries are appended. */
export const newId = (): string => v7();

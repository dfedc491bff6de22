import { contentHash } from '../canonical-json.js';
import { TandemError } from '../tandem-error.js';

/**
 * Strong entity tag of a resource: over the fields a client can set, so that counters and times do not make a client's
 * copy stale. Equal for equal fields in any order; quoted as the header wants it.
 */
export function etagOf(settable: object): string {
  return `"${contentHash(settable)}"`;
}

const tagsOf = (header: string): readonly string[] => header.split(',').map((tag) => tag.trim());

/**
 * Honours `If-Match` (RFC 9110 13.1.1): passes without the header, with `*`, or when it names `current`; a weak tag
 * never matches. Call it in the transaction that writes, on the row just read. Fails as `stale` (412).
 */
export function assertMatches(ifMatch: string | undefined, current: string): void {
  if (ifMatch === undefined || tagsOf(ifMatch).some((tag) => tag === '*' || tag === current)) return;
  throw new TandemError({
    kind: 'stale',
    code: 'stale',
    message: `If-Match is ${ifMatch.slice(0, 200)} but the resource is at ${current} now. Read it again, then repeat the change.`,
  });
}

/** Whether `If-None-Match` (RFC 9110 13.1.2) says that the client has this version already; weak tags match too. */
export function isKnownVersion(ifNoneMatch: string | undefined, current: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return tagsOf(ifNoneMatch).some((tag) => tag === '*' || tag.replace(/^W\//, '') === current);
}

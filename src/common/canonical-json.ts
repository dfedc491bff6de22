import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** RFC 8785: one text for equal JSON values, whatever the order of their members. `undefined` counts as absent. */
export function canonicalJson(value: unknown): string {
  return canonicalize(value) ?? 'null';
}

/** Hex SHA-256 of the canonical JSON of a value. */
export function contentHash(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

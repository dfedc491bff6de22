import type { IncomingHttpHeaders } from 'node:http';
import { newId } from '../ids.js';

export const REQUEST_ID_HEADER = 'X-Request-Id';

const SANE = /^[\w.:-]{1,128}$/;

/** The caller's `X-Request-Id` when it is short printable text, else a new id; safe to log and to send back. */
export function requestIdOf(headers: IncomingHttpHeaders): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && SANE.test(given) ? given : newId();
}

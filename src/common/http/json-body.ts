import { jsonPointer } from '../json.js';
import { findUnstorable } from '../storable.js';
import { TandemError } from '../tandem-error.js';

/** Text without these holds no key that changes prototypes, however deep (`\u` may spell one). */
const SUSPICIOUS_KEY = /__proto__|constructor|\\u/;

/**
 * Text without these, in valid UTF-8 and JSON, has nothing that cannot be stored: only an escape spells a NUL or a
 * lone surrogate, and only a large exponent or 200 digits make a number infinite. Most bodies need no second look.
 */
const SUSPICIOUS_VALUE = /\\u|\d[eE]\+?\d{3}|\d{200}/;

type Open = { readonly value: object; readonly path: readonly PropertyKey[] };

/** Where a key stands that would change an object's prototype if somebody merged the value: `__proto__`, `constructor.prototype`. */
function findPrototypeKey(root: unknown): string | null {
  const open: Open[] = typeof root === 'object' && root !== null ? [{ value: root, path: [] }] : [];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, path } = next;
    if (Object.hasOwn(value, '__proto__')) return jsonPointer([...path, '__proto__']);
    for (const [key, member] of Object.entries(value) as [string, unknown][]) {
      if (typeof member !== 'object' || member === null) continue;
      if (key === 'constructor' && Object.hasOwn(member, 'prototype')) return jsonPointer([...path, key]);
      open.push({ value: member, path: [...path, key] });
    }
  }
  return null;
}

function malformed(code: string, message: string, pointer?: string): TandemError {
  const issues = pointer === undefined ? [] : [{ code, pointer, message }];
  return new TandemError({ kind: 'malformed', code, message, issues });
}

/** Deeper texts are not even parsed: eight million brackets would take a second and hundreds of megabytes. */
const MAX_PARSED_DEPTH = 1_000;

/** Below this nothing needs to be looked at for its depth. */
const UNSUSPICIOUS_DEPTH = 50;

const [QUOTE, BACKSLASH, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = Buffer.from('"\\[]{}');

/** How deep brackets outside of strings nest; stops counting beyond what is parsed. */
function depthOf(bytes: Buffer): number {
  let [depth, deepest] = [0, 0];
  let inString = false;
  for (let i = 0; i < bytes.length && deepest <= MAX_PARSED_DEPTH; i += 1) {
    const byte = bytes[i];
    if (inString) {
      if (byte === BACKSLASH) i += 1;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) deepest = Math.max(deepest, (depth += 1));
    else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) depth -= 1;
  }
  return deepest;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw malformed('malformed_json', `The body is not JSON: ${(error as Error).message.slice(0, 200)}.`);
  }
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw malformed('malformed_json', 'The body is not valid UTF-8.');
  }
}

/**
 * A request body as JSON that can be stored as it is; undefined for an empty one. Fails as `malformed_json` (not
 * JSON, not UTF-8), `unstorable` (NUL, lone surrogate, deeper than 100 levels) or `forbidden_key`, with the pointer.
 */
export function parseJsonBody(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  const depth = depthOf(bytes);
  if (depth > MAX_PARSED_DEPTH) {
    throw malformed('unstorable', 'The body cannot be stored: nested deeper than 100 levels.', '');
  }
  const text = decode(bytes);
  const value = parse(text);
  const isSuspicious = depth > UNSUSPICIOUS_DEPTH || SUSPICIOUS_VALUE.test(text);
  const unstorable = isSuspicious ? findUnstorable(value) : null;
  if (unstorable !== null) {
    throw malformed('unstorable', `The body cannot be stored: ${unstorable.reason}.`, unstorable.pointer);
  }
  const pointer = SUSPICIOUS_KEY.test(text) ? findPrototypeKey(value) : null;
  if (pointer === null) return value;
  throw malformed('forbidden_key', 'Keys that change the prototype of an object are not accepted.', pointer);
}

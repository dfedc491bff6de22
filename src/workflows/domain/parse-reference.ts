import { readJsonLiteral } from './json-literal.js';
import type { PathSegment, Reference, TemplateError } from './reference.js';

/** Names after a dot: everything but space and the characters of the language itself. */
const NAME = /[^\s.[\]{}"'?]+/y;
const INDEX = /\[\s*(\d{1,9})\s*\]/y;
const QUOTED_KEY = /\[\s*("(?:[^"\\]|\\.)*"|'[^'\\]*')\s*\]/y;
const SPACE = /\s*/y;
const FORM = 'a reference is {{ run.input.<path> }} or {{ tasks.<taskId>.result.<path> }}';

class ReferenceSyntaxError extends Error {
  readonly column: number;

  constructor(message: string, position: number) {
    super(message);
    this.column = position + 1;
  }
}

interface Cursor {
  readonly text: string;
  position: number;
}

function match(cursor: Cursor, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = cursor.position;
  const found = pattern.exec(cursor.text);
  if (found !== null) cursor.position += found[0].length;
  return found;
}

function expectName(cursor: Cursor, expected?: string): string {
  const start = cursor.position;
  const name = match(cursor, NAME)?.[0];
  if (name === undefined) throw new ReferenceSyntaxError(`a name is missing: ${FORM}`, start);
  if (expected !== undefined && name !== expected) {
    throw new ReferenceSyntaxError(
      `${JSON.stringify(name.slice(0, 80))} should be "${expected}": ${FORM}`,
      start,
    );
  }
  return name;
}

function expectText(cursor: Cursor, text: string, message: string): void {
  if (!cursor.text.startsWith(text, cursor.position))
    throw new ReferenceSyntaxError(message, cursor.position);
  cursor.position += text.length;
}

/** `"a\"b"` is read as JSON; `'a'` as it stands. */
function unquote(quoted: string, position: number): string {
  if (quoted.startsWith("'")) return quoted.slice(1, -1);
  try {
    return JSON.parse(quoted) as string;
  } catch {
    throw new ReferenceSyntaxError(`${quoted.slice(0, 80)} is not a JSON string`, position);
  }
}

function readSegment(cursor: Cursor): PathSegment | null {
  const start = cursor.position;
  if (cursor.text[start] === '.') {
    cursor.position++;
    return expectName(cursor);
  }
  if (cursor.text[start] !== '[') return null;
  const index = match(cursor, INDEX)?.[1];
  if (index !== undefined) return Number(index);
  const key = match(cursor, QUOTED_KEY)?.[1];
  if (key !== undefined) return unquote(key, start);
  throw new ReferenceSyntaxError(
    'brackets hold an index from 0, as in [0], or a quoted key, as in ["a.b"]',
    start,
  );
}

function readSource(cursor: Cursor): string | null {
  const start = cursor.position;
  const root = match(cursor, NAME)?.[0];
  if (root === 'run') {
    expectText(cursor, '.', FORM);
    expectName(cursor, 'input');
    return null;
  }
  if (root !== 'tasks') throw new ReferenceSyntaxError(FORM, start);
  expectText(cursor, '.', FORM);
  const taskId = expectName(cursor);
  expectText(cursor, '.', FORM);
  expectName(cursor, 'result');
  return taskId;
}

function readFallback(cursor: Cursor): Reference['fallback'] {
  if (!cursor.text.startsWith('??', cursor.position)) return undefined;
  cursor.position += 2;
  match(cursor, SPACE);
  const literal = readJsonLiteral(cursor.text, cursor.position);
  if (literal === null) {
    throw new ReferenceSyntaxError(
      'behind ?? stands a JSON literal, as in ?? null or ?? "none"',
      cursor.position,
    );
  }
  cursor.position = literal.end;
  return { value: literal.value };
}

function readReference(cursor: Cursor): Reference {
  const start = cursor.position;
  cursor.position += 2;
  match(cursor, SPACE);
  const taskId = readSource(cursor);
  const path: PathSegment[] = [];
  for (let segment = readSegment(cursor); segment !== null; segment = readSegment(cursor)) path.push(segment);
  match(cursor, SPACE);
  const fallback = readFallback(cursor);
  match(cursor, SPACE);
  expectText(cursor, '}}', 'the reference does not end with }} here');
  const text = cursor.text.slice(start, cursor.position);
  return { taskId, path, text, ...(fallback === undefined ? {} : { fallback }) };
}

/** Reads the reference that starts with `{{` at `start`; answers it and the index behind its `}}`. */
export function parseReferenceAt(
  text: string,
  start: number,
): { readonly reference: Reference; readonly end: number } | { readonly error: TemplateError } {
  const cursor: Cursor = { text, position: start };
  try {
    return { reference: readReference(cursor), end: cursor.position };
  } catch (error) {
    if (error instanceof ReferenceSyntaxError)
      return { error: { message: error.message, column: error.column } };
    throw error;
  }
}

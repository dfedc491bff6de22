import type { z } from 'zod';
import type { Issue } from '../../common/issue.js';
import { jsonPointer } from '../../common/json.js';
import { sentence } from '../../common/wording.js';
import { unknownField as unknownFieldMessage } from '../../common/zod-messages.js';
import { NearestNames } from './nearest-names.js';

type SchemaIssue = z.core.$ZodIssue;
const MAX_KEY_LENGTH = 200;
const MAX_SHOWN_WAYS = 5;

/** How a schema's complaints become issues: the codes, and where in the definition the checked value is. */
export interface SchemaIssueOptions {
  readonly path: readonly PropertyKey[];
  readonly code: (path: readonly PropertyKey[]) => string;
  readonly unknownFieldCode: string;
  /** Fields the object at a path takes. */
  readonly knownFields: (path: readonly PropertyKey[]) => readonly string[] | undefined;
}

function unknownField(path: readonly PropertyKey[], key: string, options: SchemaIssueOptions): Issue {
  const known = options.knownFields(path);
  const allowed = known === undefined ? undefined : new NearestNames(known).propose(key);
  return {
    code: options.unknownFieldCode,
    pointer: jsonPointer([...options.path, ...path, ...(key.length <= MAX_KEY_LENGTH ? [key] : [])]),
    message: unknownFieldMessage(key),
    ...(allowed === undefined ? {} : { allowed }),
  };
}

function messageOf(issue: SchemaIssue): string {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return sentence(issue.message);
  const ways = issue.errors
    .slice(0, MAX_SHOWN_WAYS)
    .map((way) => (way[0] === undefined ? '' : messageOf(way[0])));
  return `Fits none of the allowed forms. ${[...new Set(ways)].join(' Or: ')}`;
}

/** The issues one complaint of a schema stands for; one for each unknown field. */
export function* fromSchemaIssue(issue: SchemaIssue, options: SchemaIssueOptions): Generator<Issue> {
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) yield unknownField(issue.path, key, options);
    return;
  }
  const allowed = issue.code === 'invalid_value' ? issue.values.map(String) : undefined;
  yield {
    code: options.code(issue.path),
    pointer: jsonPointer([...options.path, ...issue.path]),
    message: messageOf(issue),
    ...(allowed === undefined ? {} : { allowed }),
  };
}

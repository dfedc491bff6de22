import type { OpenAPIObject } from '@nestjs/swagger';
import { PROBLEM_MEDIA_TYPE, PROBLEM_RESPONSES, type ProblemStatus } from '../problem-media.js';

export type PathItem = OpenAPIObject['paths'][string];
export type Operation = NonNullable<PathItem['get']>;
type Parameter = NonNullable<Operation['parameters']>[number];

/** OpenAPI extension of an operation that carries its scope. */
export const SCOPE_EXTENSION = 'x-scope';

/** Name of the security scheme in the document. */
export const API_KEY_SCHEME = 'apiKey';

const header = (name: string, description: string): Parameter => ({
  name,
  in: 'header',
  required: false,
  description,
  schema: { type: 'string' },
});

const IDEMPOTENCY_KEY = header(
  'Idempotency-Key',
  'Makes a repetition safe for 24 hours: the same key with the same body gets the same answer and has no second effect. Another body is 422, a request still in flight 409.',
);
const IF_MATCH = header('If-Match', 'The ETag this change is based on; an older one is answered 412.');
const IF_NONE_MATCH = header(
  'If-None-Match',
  'An ETag the client has; still the current one: 304 without a body.',
);

export const problemReference = (status: ProblemStatus) => ({
  $ref: `#/components/responses/${PROBLEM_RESPONSES[status].component}`,
});

/** Problems that follow from what an operation takes. */
function impliedProblems(method: string, { requestBody }: Operation, scope: unknown): ProblemStatus[] {
  // An unknown query parameter is malformed on every route.
  const implied: ProblemStatus[] = [400];
  // The body of a DELETE means nothing, but it is read.
  if (requestBody !== undefined || method === 'delete') implied.push(413, 415);
  if (method === 'post') implied.push(409, 422);
  if (scope !== 'public') implied.push(401, 403, 429, 503);
  return implied;
}

const isProblem = (response: unknown): boolean =>
  PROBLEM_MEDIA_TYPE in ((response as { content?: object } | undefined)?.content ?? {});

function headersOf(method: string, { responses }: Operation): Parameter[] {
  const hasETag = 'ETag' in ((responses['200'] as { headers?: object } | undefined)?.headers ?? {});
  return [
    ...(method === 'post' ? [IDEMPOTENCY_KEY] : []),
    ...('412' in responses ? [IF_MATCH] : []),
    ...(method === 'get' && hasETag ? [IF_NONE_MATCH] : []),
  ];
}

function responsesOf(method: string, operation: Operation, scope: unknown): Operation['responses'] {
  const declared = Object.entries(operation.responses);
  const problems = declared.filter(([, response]) => isProblem(response)).map(([status]) => Number(status));
  const all = new Set([...problems, ...impliedProblems(method, operation, scope)] as ProblemStatus[]);
  const isCacheable = headersOf(method, operation).includes(IF_NONE_MATCH);
  return Object.fromEntries([
    ...declared.filter(([, response]) => !isProblem(response)),
    ...(isCacheable ? [['304', { description: 'The client has the current version.' }]] : []),
    ...[...all].sort((a, b) => a - b).map((status) => [String(status), problemReference(status)]),
  ]) as Operation['responses'];
}

/** Adds what is the same for all routes: scope in words, conditional and idempotency headers, implied problems. */
export function completeOperation(method: string, operation: Operation): Operation {
  const scope = (operation as unknown as Record<string, unknown>)[SCOPE_EXTENSION];
  const isPublic = scope === 'public';
  const inWords = isPublic ? 'Needs no credentials.' : `Scope: \`${String(scope)}\`.`;
  return {
    ...operation,
    ...(isPublic ? {} : { security: [{ [API_KEY_SCHEME]: [] }] }),
    description: [operation.description, inWords].filter(Boolean).join('\n\n'),
    parameters: [...(operation.parameters ?? []), ...headersOf(method, operation)],
    responses: responsesOf(method, operation, scope),
  };
}

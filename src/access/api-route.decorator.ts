import { applyDecorators, HttpCode, type NestInterceptor, type Type, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiResponse, type ApiResponseOptions } from '@nestjs/swagger';
import type { z } from 'zod';
import { ETagInterceptor, ETagOver } from '../common/http/etag.interceptor.js';
import { PROBLEM_COMPONENT, PROBLEM_RESPONSES, PROBLEM_MEDIA_TYPE } from '../common/http/problem-media.js';
import type { ProblemStatus } from '../common/http/problem-media.js';
import { ClaimedIdempotencyInterceptor, IdempotencyInterceptor } from './idempotency.interceptor.js';
import type { ScopeName } from './domain/scopes.js';
import { Scope } from './scope.decorator.js';

/** The answer of a route when all is well. */
export interface RouteAnswer {
  readonly status: 200 | 201 | 202 | 204;
  /** What the body is; leave it out for 204. Name it with `.meta({ id })` to make it a component. */
  readonly schema?: z.ZodType;
  readonly description: string;
  /** Default `application/json`. Any other type is shown as text. */
  readonly mediaType?: string;
  /** Response headers and what each says, e.g. `{ Location: 'Address of the run.' }`. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * For a single resource: the part of the body a client can set. The answer then carries an `ETag` over it, and a
   * GET honours `If-None-Match`. The service compares `If-Match` with `etagOf` of the same part (`assertMatches`).
   */
  etag?(body: unknown): object;
}

export interface RouteOptions {
  /** Unique in the document, camelCase verb first: `createAgent`. */
  readonly operationId: string;
  /** One line without a full stop. */
  readonly summary: string;
  readonly description?: string;
  readonly scope: ScopeName;
  readonly ok: RouteAnswer;
  /** What the route answers instead of `ok` when there is nothing to wait for, or nothing more to say. */
  readonly orElse?: Omit<RouteAnswer, 'etag'>;
  /** Problems this route answers with besides the ones every route has (400, 413, 415 with a body, 503). */
  readonly errors?: readonly ProblemStatus[];
  /**
   * An interceptor that works on the answer after its transaction has committed (for `?wait=`). It runs outside of
   * the idempotency keys: a replayed answer carries `Idempotent-Replayed` and should be left as it is.
   */
  readonly afterCommit?: Type<NestInterceptor>;
  /** Its work leaves the process, as a model call does: no transaction is held over it. */
  readonly leavesProcess?: true;
}

function answerOf({
  status,
  schema,
  description,
  mediaType,
  headers,
  etag,
}: RouteAnswer): ApiResponseOptions {
  const declared = etag === undefined ? headers : { ETag: 'Version of what a client can set.', ...headers };
  const shown = Object.entries(declared ?? {}).map(([name, text]) => [
    name,
    { description: text, schema: { type: 'string' } },
  ]);
  const common = {
    status,
    description,
    ...(shown.length > 0 ? { headers: Object.fromEntries(shown) as Record<string, object> } : {}),
  };
  if (mediaType !== undefined)
    return { ...common, content: { [mediaType]: { schema: { type: 'string' } } } } as ApiResponseOptions;
  return schema === undefined ? common : { ...common, standardSchema: schema };
}

function problemOf(status: ProblemStatus): ApiResponseOptions {
  const schema = { $ref: `#/components/schemas/${PROBLEM_COMPONENT}` };
  return {
    status,
    description: PROBLEM_RESPONSES[status].description,
    content: { [PROBLEM_MEDIA_TYPE]: { schema } },
  } as ApiResponseOptions;
}

/**
 * Everything a route says of itself, in one decorator beside `@Post(...)`: OpenAPI operation, answer with its schema,
 * problems as `application/problem+json`, status code and scope.
 *
 * @example
 * @Post()
 * @ApiRoute({
 *   operationId: 'createAgent',
 *   summary: 'Create an agent',
 *   scope: 'agents:write',
 *   ok: { status: 201, schema: agentSchema, description: 'The agent.' },
 *   errors: [404, 422],
 * })
 * create(@Body({ schema: createAgentSchema }) body: CreateAgent): Promise<AgentView> { … }
 */
export function ApiRoute(options: RouteOptions): MethodDecorator {
  const { operationId, summary, description, scope, ok, orElse, errors = [], afterCommit } = options;
  // Outermost first.
  const interceptors: Type<NestInterceptor>[] = [
    ...(afterCommit === undefined ? [] : [afterCommit]),
    ...(ok.etag === undefined ? [] : [ETagInterceptor]),
    options.leavesProcess ? ClaimedIdempotencyInterceptor : IdempotencyInterceptor,
  ];
  return applyDecorators(
    ApiOperation({ operationId, summary, ...(description === undefined ? {} : { description }) }),
    HttpCode(ok.status),
    ApiResponse(answerOf(ok)),
    ...(orElse === undefined ? [] : [ApiResponse(answerOf(orElse))]),
    ...errors.map((status) => ApiResponse(problemOf(status))),
    Scope(scope),
    ...(ok.etag === undefined ? [] : [ETagOver(ok.etag)]),
    UseInterceptors(...interceptors),
  );
}

import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { queryOf } from './query-names.js';
import { ValidationPipe } from './validation.pipe.js';

interface RouteArgument {
  readonly index: number;
  /** The name in `@Query('name')`; without one the handler takes the whole query. */
  readonly data?: string;
}

/** The names of `@Query('name')` of a handler; null where it takes the whole query, which its schema checks. */
function namesOf(context: ExecutionContext): readonly string[] | null {
  const metadata = Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), context.getHandler().name) as
    Readonly<Record<string, RouteArgument>> | undefined;
  const names = Object.entries(metadata ?? {})
    .filter(([key]) => key.startsWith(`${RouteParamtypes.QUERY}:`))
    .sort(([, a], [, b]) => a.index - b.index)
    .map(([, { data }]) => data);
  return names.every((name) => name !== undefined) ? names : null;
}

/** Refuses the query parameters of every route that no schema of a whole query refuses. */
@Injectable()
export class QueryInterceptor implements NestInterceptor {
  private readonly pipe = new ValidationPipe();

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const { query } = context.switchToHttp().getRequest<FastifyRequest>();
    const names = Object.keys(query as object).length === 0 ? null : namesOf(context);
    if (names !== null) await this.pipe.transform(query, { type: 'query', schema: queryOf(names) });
    return next.handle();
  }
}

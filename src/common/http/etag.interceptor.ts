import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { etagOf, isKnownVersion } from './etag.js';

const ETAG_PROJECTION = 'tandem:etag-projection';

/** What of an answer a client can set; the entity tag covers just that. */
export type SettableOf = (body: unknown) => object;

export const ETagOver = (settableOf: SettableOf): MethodDecorator => SetMetadata(ETAG_PROJECTION, settableOf);

/** Sets `ETag` on a single resource; a GET whose `If-None-Match` knows that version is answered 304 without a body. */
@Injectable()
export class ETagInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const settableOf = this.reflector.get<SettableOf>(ETAG_PROJECTION, context.getHandler());
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    return next.handle().pipe(
      map((body: unknown) => {
        const etag = etagOf(settableOf(body));
        reply.header('ETag', etag);
        if (request.method !== 'GET' || !isKnownVersion(request.headers['if-none-match'], etag)) return body;
        reply.status(304);
        return undefined;
      }),
    );
  }
}

import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { identify, type StoredAnswer } from './idempotency.js';
import { IdempotencyStore } from './idempotency.store.js';

/** Header of an answer that was given before: whoever works on answers leaves it as it is. */
export const REPLAYED_HEADER = 'Idempotent-Replayed';

/** Part of `@ApiRoute`: a POST with `Idempotency-Key` has its effect once and the same answer each time. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly store: IdempotencyStore) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const key = request.headers['idempotency-key'];
    if (request.method !== 'POST' || key === undefined) return next.handle();
    return from(this.once(request, http.getResponse<FastifyReply>(), String(key), next));
  }

  private async once(
    request: FastifyRequest,
    reply: FastifyReply,
    key: string,
    next: CallHandler,
  ): Promise<unknown> {
    const { method, url, body, caller } = request;
    const identity = identify({ callerId: caller.id, method, url, key, body });
    const { answer, replayed } = await this.store.once(identity, async () => {
      const answered: unknown = await lastValueFrom(next.handle(), { defaultValue: undefined });
      return answerOf(reply, answered);
    });
    if (replayed) {
      reply.status(answer.status).headers(answer.headers).header(REPLAYED_HEADER, 'true');
    }
    return answer.body ?? undefined;
  }
}

function answerOf(reply: FastifyReply, body: unknown): StoredAnswer {
  const location = reply.getHeader('location');
  return {
    status: reply.statusCode,
    headers: typeof location === 'string' ? { Location: location } : {},
    body,
  };
}

import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { identify, type StoredAnswer } from './idempotency.js';
import { IdempotencyStore, type KeptAnswer } from './idempotency.store.js';

/** Header of an answer that was given before: whoever works on answers leaves it as it is. */
export const REPLAYED_HEADER = 'Idempotent-Replayed';

/** Part of `@ApiRoute`: a POST with `Idempotency-Key` has its effect once and the same answer each time. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(protected readonly store: IdempotencyStore) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const key = request.headers['idempotency-key'];
    if (request.method !== 'POST' || key === undefined) return next.handle();
    return from(this.answer(request, http.getResponse<FastifyReply>(), String(key), next));
  }

  private async answer(
    request: FastifyRequest,
    reply: FastifyReply,
    key: string,
    next: CallHandler,
  ): Promise<unknown> {
    const { method, url, body, caller } = request;
    const identity = identify({ callerId: caller.id, method, url, key, body });
    const { answer, replayed } = await this.once(identity, async () => {
      const answered: unknown = await lastValueFrom(next.handle(), { defaultValue: undefined });
      return answerOf(reply, answered);
    });
    if (replayed) {
      reply.status(answer.status).headers(answer.headers).header(REPLAYED_HEADER, 'true');
    }
    return answer.body ?? undefined;
  }

  protected once(...request: Parameters<IdempotencyStore['once']>): Promise<KeptAnswer> {
    return this.store.once(...request);
  }
}

/** The same for a route whose work leaves the process, as a model call does: no transaction is open meanwhile. */
@Injectable()
export class ClaimedIdempotencyInterceptor extends IdempotencyInterceptor {
  protected override once(...request: Parameters<IdempotencyStore['once']>): Promise<KeptAnswer> {
    return this.store.onceClaimed(...request);
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

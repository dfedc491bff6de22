import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Observable, switchMap } from 'rxjs';
import { REPLAYED_HEADER } from '../access/idempotency.interceptor.js';
import { RunWatcher } from './run-watcher.js';
import type { RunView } from './runs.schemas.js';
import { RunsService } from './runs.service.js';

/** `?wait=` on a start: outside of its transaction, waits for the end of the run and answers 200 with its final state; else 202 and where it stands. */
@Injectable()
export class WaitInterceptor implements NestInterceptor {
  constructor(
    private readonly watcher: RunWatcher,
    private readonly runs: RunsService,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const { query } = http.getRequest<FastifyRequest<{ Querystring: { wait?: string } }>>();
    const seconds = Number(query.wait ?? 0);
    return next
      .handle()
      .pipe(switchMap((run: RunView) => this.finish(run, seconds, http.getResponse<FastifyReply>())));
  }

  private async finish(run: RunView, seconds: number, reply: FastifyReply): Promise<RunView> {
    if (!(seconds > 0) || reply.hasHeader(REPLAYED_HEADER)) return run;
    if (await this.watcher.hasEndedWithin(run.id, seconds * 1_000)) reply.status(200);
    return this.runs.get(run.id);
  }
}

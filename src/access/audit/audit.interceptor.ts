import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, type Observable, switchMap } from 'rxjs';
import { Clock } from '../../common/clock.js';
import { AppConfig } from '../../config/config.js';
import { AuditLog } from './audit-log.service.js';

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Puts on record who asks for a change, before it is made. With AUTH_MODE `none` nobody knows who: nothing is kept. */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(
    private readonly log: AuditLog,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    if (this.config.access.mode === 'none' || READS.has(request.method)) return next.handle();
    const [path = ''] = request.url.split('?', 1);
    const asked = {
      ...{ caller: request.caller.id, operation: `${context.getClass().name}.${context.getHandler().name}` },
      ...{ method: request.method, path, requestId: request.id, at: this.clock.now() },
    };
    return from(this.log.begin(asked)).pipe(
      switchMap((id) => {
        const { raw } = http.getResponse<FastifyReply>();
        raw.once('finish', () => this.log.end(id, raw.statusCode));
        return next.handle();
      }),
    );
  }
}

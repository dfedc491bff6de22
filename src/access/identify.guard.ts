import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AppConfig } from '../config/config.js';
import type { Refusal } from './access.errors.js';
import { ANONYMOUS, NOBODY } from './caller.js';
import { Authenticator } from './keys/authenticator.service.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Why nobody is let in with what came with this request; undefined: somebody is. */
    refusal?: Refusal;
  }
}

/** First: says who calls. Whether he may is decided when it is known how often he has tried. */
@Injectable()
export class IdentifyGuard implements CanActivate {
  constructor(
    private readonly config: AppConfig,
    private readonly authenticator: Authenticator,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    request.caller = this.config.access.mode === 'none' ? ANONYMOUS : NOBODY;
    if (request.caller === ANONYMOUS) return true;
    const answer = await this.authenticator.authenticate(request.headers.authorization);
    if ('caller' in answer) request.caller = answer.caller;
    else request.refusal = answer.refusal;
    return true;
  }
}

import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Lifecycle } from '../lifecycle.js';
import { TandemError } from '../tandem-error.js';

/** A draining process starts nothing new: every POST is answered 503, reading goes on. */
@Injectable()
export class DrainingGuard implements CanActivate {
  constructor(private readonly lifecycle: Lifecycle) {}

  canActivate(context: ExecutionContext): boolean {
    const { method } = context.switchToHttp().getRequest<FastifyRequest>();
    if (method !== 'POST' || !this.lifecycle.isDraining) return true;
    throw new TandemError({
      kind: 'unavailable',
      code: 'draining',
      message: 'This process is shutting down and starts nothing new. Send the request again shortly.',
    });
  }
}

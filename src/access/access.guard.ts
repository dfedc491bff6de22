import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ANONYMOUS } from './caller.js';

/** Says who calls. AUTH_MODE `none`: anybody who reaches the loopback address may do everything. */
@Injectable()
export class AccessGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    context.switchToHttp().getRequest<FastifyRequest>().caller = ANONYMOUS;
    return true;
  }
}

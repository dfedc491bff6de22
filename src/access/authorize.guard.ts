import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { refused, scopeMissing } from './access.errors.js';
import { isGranted, type ScopeName } from './domain/scopes.js';
import { SCOPE_METADATA } from './scope.decorator.js';

/** Third: whether he may. A route that does not say what it needs is not answered. */
@Injectable()
export class AuthorizeGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const targets = [context.getHandler(), context.getClass()];
    const scope = this.reflector.getAllAndOverride<ScopeName | undefined>(SCOPE_METADATA, targets);
    if (scope === undefined) return false;
    if (scope === 'public') return true;
    const http = context.switchToHttp();
    const { caller, refusal } = http.getRequest<FastifyRequest>();
    if (refusal !== undefined) {
      void http.getResponse<FastifyReply>().header('WWW-Authenticate', 'Bearer realm="tandem"');
      throw refused(refusal);
    }
    if (!isGranted(caller.scopes, scope)) throw scopeMissing(scope);
    return true;
  }
}

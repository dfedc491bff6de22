import { type ExecutionContext, Global, Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR, DiscoveryModule, Reflector } from '@nestjs/core';
import { ThrottlerModule, type ThrottlerModuleOptions } from '@nestjs/throttler';
import { AppConfig } from '../config/config.js';
import { AuditController } from './audit/audit.controller.js';
import { AuditInterceptor } from './audit/audit.interceptor.js';
import { AuditLog } from './audit/audit-log.service.js';
import { AuthorizeGuard } from './authorize.guard.js';
import { IdempotencyStore } from './idempotency.store.js';
import { IdentifyGuard } from './identify.guard.js';
import { ApiKeyStore } from './keys/api-key.store.js';
import { ApiKeys } from './keys/api-keys.service.js';
import { Authenticator } from './keys/authenticator.service.js';
import { Pepper } from './keys/pepper.js';
import { ScopeCheck } from './scope-check.js';
import { SCOPE_METADATA } from './scope.decorator.js';
import { ThrottleGuard } from './throttle.guard.js';

const WINDOW_MS = 60_000;

function throttling({ access }: AppConfig, reflector: Reflector): ThrottlerModuleOptions {
  const { mode, requestsPerMinute } = access;
  const isPublic = (context: ExecutionContext): boolean =>
    reflector.getAllAndOverride(SCOPE_METADATA, [context.getHandler(), context.getClass()]) === 'public';
  return {
    throttlers: [{ limit: requestsPerMinute, ttl: WINDOW_MS }],
    skipIf: (context) => mode === 'none' || requestsPerMinute === 0 || isPublic(context),
  };
}

/** Who calls, what they may do and how often, what they did, and that a repeated request has its effect once. */
@Global()
@Module({
  imports: [
    DiscoveryModule,
    ThrottlerModule.forRootAsync({ inject: [AppConfig, Reflector], useFactory: throttling }),
  ],
  controllers: [AuditController],
  providers: [
    // In this order.
    { provide: APP_GUARD, useClass: IdentifyGuard },
    { provide: APP_GUARD, useClass: ThrottleGuard },
    { provide: APP_GUARD, useClass: AuthorizeGuard },
    { provide: APP_INTERCEPTOR, useClass: AuditInterceptor },
    ...[ApiKeys, ApiKeyStore, Authenticator, Pepper, AuditLog, ScopeCheck, IdempotencyStore],
  ],
  exports: [ApiKeys, IdempotencyStore],
})
export class AccessModule {}

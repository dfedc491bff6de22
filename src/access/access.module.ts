import { Global, Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { IdempotencyStore } from './idempotency.store.js';
import { ScopeCheck } from './scope-check.js';

/** Who calls, what they may do, and that a repeated request has its effect once. */
@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [{ provide: APP_GUARD, useClass: AccessGuard }, ScopeCheck, IdempotencyStore],
  exports: [IdempotencyStore],
})
export class AccessModule {}

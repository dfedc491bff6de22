import { type ExecutionContext, Injectable } from '@nestjs/common';
import { ThrottlerGuard, type ThrottlerLimitDetail } from '@nestjs/throttler';
import type { FastifyRequest } from 'fastify';
import { tooMany } from './access.errors.js';

/** Second: how often a key, or an address without one, may ask. Answers carry `RateLimit-*`, refusals `Retry-After`. */
@Injectable()
export class ThrottleGuard extends ThrottlerGuard {
  protected override headerPrefix = 'RateLimit';

  protected override getTracker(request: Record<string, unknown>): Promise<string> {
    const { refusal, caller, ip } = request as unknown as FastifyRequest;
    return Promise.resolve(refusal === undefined ? caller.id : `address:${ip}`);
  }

  /** All routes together. */
  protected override generateKey(_context: ExecutionContext, tracker: string, name: string): string {
    return `${name} ${tracker}`;
  }

  protected override throwThrottlingException(
    _context: ExecutionContext,
    { limit, timeToBlockExpire }: ThrottlerLimitDetail,
  ): Promise<void> {
    return Promise.reject(tooMany(limit, timeToBlockExpire));
  }
}

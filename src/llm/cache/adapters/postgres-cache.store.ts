import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { CacheStore, type Shared } from '../cache-store.port.js';
import type { CachedAnswer } from '../cached-answer.js';
import * as sql from './cache.sql.js';

@Injectable()
export class PostgresCacheStore extends CacheStore {
  constructor(private readonly work: UnitOfWork) {
    super();
  }

  override async findOrLease(key: string, owner: string, leaseMs: number): Promise<Shared> {
    const [row] = await this.work.query<sql.SharedRow>(sql.findOrLease(key, owner, leaseMs));
    const { ttl_ms: ttlMs = null, answer = null, interaction_id: interactionId = null, leased } = row ?? {};
    if (ttlMs !== null) return { kind: 'answer', found: { answer, interactionId }, ttlMs };
    return { kind: leased === true ? 'leased' : 'busy' };
  }

  override async save(
    key: string,
    functionName: string,
    answer: CachedAnswer,
    ttlSeconds: number,
  ): Promise<void> {
    await this.work.query(sql.saveAnswer(key, functionName, answer, ttlSeconds));
  }

  override async release(key: string, owner: string): Promise<void> {
    await this.work.query(sql.releaseLease(key, owner));
  }

  override async deleteExpired(limit: number): Promise<number> {
    const [row] = await this.work.query<{ count: number }>(sql.deleteExpired(limit));
    return row?.count ?? 0;
  }
}

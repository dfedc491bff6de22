import { CACHE_MANAGER } from '@nestjs/cache-manager';
import { Inject, Injectable } from '@nestjs/common';
import { type Cache } from 'cache-manager';
import Keyv from 'keyv';
import { LRUCache } from 'lru-cache';
import type { CachedAnswer } from './cached-answer.js';

const MAX_CHARACTERS = 32 * 1024 * 1024;
const MAX_ENTRIES = 10_000;

/** A store for `CacheModule` that forgets what was used least, so that it never grows beyond some 64 MB. */
export function boundedMemoryStore(): Keyv {
  const kept = new LRUCache<string, string>({
    max: MAX_ENTRIES,
    maxSize: MAX_CHARACTERS,
    sizeCalculation: (value, key) => value.length + key.length,
  });
  // Keyv minds the time itself: what it hands over as a third argument the LRU would take for options.
  const store = {
    get: (key: string) => kept.get(key),
    set: (key: string, value: string) => void kept.set(key, value),
    delete: (key: string) => kept.delete(key),
    clear: () => kept.clear(),
    has: (key: string) => kept.has(key),
  };
  return new Keyv({ store });
}

/** Answers in the memory of this process (L1), as JSON text: every hit gets a copy of its own. */
@Injectable()
export class MemoryCache {
  constructor(@Inject(CACHE_MANAGER) private readonly cache: Cache) {}

  async get(key: string): Promise<CachedAnswer | null> {
    const text = await this.cache.get<string>(key);
    return typeof text === 'string' ? (JSON.parse(text) as CachedAnswer) : null;
  }

  async set(key: string, answer: CachedAnswer, ttlMs: number): Promise<void> {
    if (ttlMs > 0) await this.cache.set(key, JSON.stringify(answer), ttlMs);
  }
}

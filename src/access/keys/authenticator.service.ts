import { timingSafeEqual } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Clock } from '../../common/clock.js';
import type { Refusal } from '../access.errors.js';
import type { Caller } from '../caller.js';
import { digestOf, parseKey, stateOf } from '../domain/api-key.js';
import { ApiKeyStore, type StoredKey } from './api-key.store.js';
import { Pepper } from './pepper.js';

/** How long a key is trusted without a look at its row. */
const KNOWN_MS = 1_000;
const MAX_KNOWN = 1_000;
const TOUCH_MS = 60_000;

const NO_DIGEST = Buffer.alloc(32);
const BEARER = /^bearer +(\S+) *$/i;

export type Authentication = { readonly caller: Caller } | { readonly refusal: Refusal };

/** Says who calls by the key that comes with a request. */
@Injectable()
export class Authenticator {
  private readonly logger = new Logger('Access');
  private readonly known = new LRUCache<string, { readonly key: StoredKey | null }>({
    max: MAX_KNOWN,
    ttl: KNOWN_MS,
    fetchMethod: async (id) => ({ key: await this.store.find(id) }),
  });
  private readonly touched = new LRUCache<string, number>({ max: MAX_KNOWN });

  constructor(
    private readonly store: ApiKeyStore,
    private readonly pepper: Pepper,
    private readonly clock: Clock,
  ) {}

  /** `header`: Authorization. Takes as long for a wrong secret as for an unknown key. */
  async authenticate(header: string | undefined): Promise<Authentication> {
    if (header === undefined) return { refusal: 'credentials_missing' };
    const [, text = ''] = BEARER.exec(header) ?? [];
    const parts = parseKey(text);
    if (parts === null) return { refusal: 'credentials_malformed' };
    const { key } = (await this.known.fetch(parts.id)) ?? { key: null };
    const isRight = timingSafeEqual(digestOf(parts.secret, this.pepper.get()), key?.digest ?? NO_DIGEST);
    if (key === null || !isRight) return { refusal: 'credentials_unknown' };
    const now = this.clock.now();
    const state = stateOf(key, now);
    if (state !== 'active')
      return { refusal: state === 'expired' ? 'credentials_expired' : 'credentials_unknown' };
    this.touch(key.id, now);
    return { caller: { id: `key:${key.id}`, scopes: key.scopes } };
  }

  /** In the background, once a minute: that a key is used does not delay anybody. */
  private touch(id: string, now: Date): void {
    if (now.getTime() - (this.touched.get(id) ?? 0) < TOUCH_MS) return;
    this.touched.set(id, now.getTime());
    this.store
      .touch(id, now)
      .catch((error: Error) => this.logger.debug(`When ${id} was used is not kept: ${error.message}`));
  }
}

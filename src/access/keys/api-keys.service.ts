import { randomBytes, randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { ConflictError, InvalidInputError, NotFoundError } from '../../common/tandem-error.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { type ApiKey, digestOf, formatKey, stateOf } from '../domain/api-key.js';
import { ALL, SCOPES, unknownScopes } from '../domain/scopes.js';
import { ApiKeyStore } from './api-key.store.js';
import { Pepper } from './pepper.js';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';
const BOOTSTRAP_HOURS = 24;

export interface NewKey {
  readonly name: string;
  readonly scopes: readonly string[];
  /** null: never. */
  readonly expiresAt: Date | null;
}

/** `key` is shown once; nobody can read it again. */
export interface MadeKey {
  readonly key: string;
  readonly id: string;
}

const newKeyId = (): string =>
  Array.from({ length: 12 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

/** Makes, rotates and revokes API keys. What it does holds in every process within a second. */
@Injectable()
export class ApiKeys {
  constructor(
    private readonly store: ApiKeyStore,
    private readonly pepper: Pepper,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  list(): Promise<readonly ApiKey[]> {
    return this.store.list();
  }

  /** Fails as `unknown_scope`. */
  async create(asked: NewKey, createdBy: string): Promise<MadeKey> {
    const unknown = unknownScopes(asked.scopes);
    if (unknown.length > 0 || asked.scopes.length === 0) throw unknownScope(unknown);
    return this.make(asked, createdBy, null);
  }

  /**
   * A key for everything that lasts a day, when there is none at all; null: there is one. It is for making others, and
   * only made by the process that finds none first.
   */
  bootstrap(): Promise<MadeKey | null> {
    return this.work.transactional(async () => {
      await this.store.lock();
      if ((await this.store.list()).length > 0) return null;
      const expiresAt = new Date(this.clock.now().getTime() + BOOTSTRAP_HOURS * 3_600_000);
      return this.make({ name: 'bootstrap', scopes: [ALL], expiresAt }, 'tandem', null);
    });
  }

  /** A new secret for what the key may do; the old one lasts as long as `overlapMs`. Fails as `api_key_not_found`, `api_key_ended`. */
  rotate(id: string, overlapMs: number, createdBy: string): Promise<MadeKey> {
    return this.work.transactional(async () => {
      await this.store.lock();
      const old = await this.find(id);
      const now = this.clock.now();
      const state = stateOf(old, now);
      if (state === 'revoked')
        throw new ConflictError('api_key_ended', `The API key ${id} was revoked. Make a new one.`);
      const lasted = old.expiresAt === null ? null : old.expiresAt.getTime() - old.createdAt.getTime();
      const expiresAt = lasted === null ? null : new Date(now.getTime() + lasted);
      const made = await this.make({ name: old.name, scopes: old.scopes, expiresAt }, createdBy, id);
      await this.store.expire(id, new Date(now.getTime() + overlapMs));
      return made;
    });
  }

  /** Again is no error. Fails as `api_key_not_found`. */
  async revoke(id: string): Promise<void> {
    await this.find(id);
    await this.store.revoke(id, this.clock.now());
  }

  private async find(id: string): Promise<ApiKey> {
    const key = await this.store.find(id);
    if (key === null) throw new NotFoundError('api key', id);
    return key;
  }

  private async make(asked: NewKey, createdBy: string, replaces: string | null): Promise<MadeKey> {
    const id = newKeyId();
    const secret = randomBytes(32).toString('hex');
    const digest = digestOf(secret, this.pepper.get());
    await this.store.add({ ...asked, id, digest, createdBy, createdAt: this.clock.now(), replaces });
    return { id, key: formatKey({ id, secret }) };
  }
}

function unknownScope(unknown: readonly string[]): InvalidInputError {
  const known = SCOPES.filter((scope) => scope !== 'public');
  const what = unknown.length === 0 ? 'A key needs a scope.' : `No route needs ${unknown.join(', ')}.`;
  const message = `${what} Scopes are ${known.join(', ')}; also runs:* (all of runs), *:read and *.`;
  return new InvalidInputError('unknown_scope', message, []);
}

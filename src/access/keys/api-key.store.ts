import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { ApiKey } from '../domain/api-key.js';
import {
  endKey,
  insertKey,
  LOCK_KEYS,
  type NewKeyRow,
  SELECT_KEYS,
  selectKey,
  touchKey,
} from './api-keys.sql.js';

export interface StoredKey extends ApiKey {
  readonly digest: Buffer;
}

interface KeyRow {
  readonly id: string;
  readonly name: string;
  readonly digest: Buffer;
  readonly scopes: string[];
  readonly created_by: string;
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly revoked_at: string | null;
  readonly replaces: string | null;
  readonly last_used_at: string | null;
}

const date = (text: string | null): Date | null => (text === null ? null : new Date(text));

const toKey = (row: KeyRow): StoredKey => ({
  ...{ id: row.id, name: row.name, digest: row.digest, scopes: row.scopes },
  ...{ createdBy: row.created_by, createdAt: new Date(row.created_at), replaces: row.replaces },
  expiresAt: date(row.expires_at),
  revokedAt: date(row.revoked_at),
  lastUsedAt: date(row.last_used_at),
});

/** API keys; of their secrets only digests. */
@Injectable()
export class ApiKeyStore {
  constructor(private readonly work: UnitOfWork) {}

  async add(key: NewKeyRow): Promise<void> {
    await this.work.query(insertKey(key));
  }

  async find(id: string): Promise<StoredKey | null> {
    const [row] = await this.work.query<KeyRow>(selectKey(id));
    return row === undefined ? null : toKey(row);
  }

  /** Oldest first. */
  async list(): Promise<StoredKey[]> {
    return (await this.work.query<KeyRow>(SELECT_KEYS)).map(toKey);
  }

  /** Whoever else locks them waits until the transaction ends. */
  async lock(): Promise<void> {
    await this.work.query(LOCK_KEYS);
  }

  /** From `at` on, unless it already ended earlier. */
  async expire(id: string, at: Date): Promise<void> {
    await this.work.query(endKey(id, 'expires_at', at));
  }

  async revoke(id: string, at: Date): Promise<void> {
    await this.work.query(endKey(id, 'revoked_at', at));
  }

  async touch(id: string, at: Date): Promise<void> {
    await this.work.query(touchKey(id, at));
  }
}

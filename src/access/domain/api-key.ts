import { createHmac } from 'node:crypto';

/** A key as it is stored: without its secret. */
export interface ApiKey {
  /** In the clear in the key, and in logs: `key:<id>` is who called. */
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdBy: string;
  readonly createdAt: Date;
  /** null: never. */
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  /** The key it takes the place of. */
  readonly replaces: string | null;
  /** To the minute. */
  readonly lastUsedAt: Date | null;
}

export interface KeyParts {
  readonly id: string;
  readonly secret: string;
}

const KEY = /^tdm_([a-z0-9]{12})_([0-9a-f]{64})$/;

/** `tdm_<id>_<secret>`. */
export const formatKey = ({ id, secret }: KeyParts): string => `tdm_${id}_${secret}`;

/** null: that is no key. */
export function parseKey(text: string): KeyParts | null {
  const [, id, secret] = KEY.exec(text) ?? [];
  return id === undefined || secret === undefined ? null : { id, secret };
}

/** 32 bytes: what is kept of a secret. Without the pepper it says nothing about it. */
export const digestOf = (secret: string, pepper: string): Buffer =>
  createHmac('sha256', pepper).update(secret).digest();

export type KeyState = 'active' | 'expired' | 'revoked';

export function stateOf(
  { expiresAt, revokedAt }: Pick<ApiKey, 'expiresAt' | 'revokedAt'>,
  now: Date,
): KeyState {
  if (revokedAt !== null && revokedAt <= now) return 'revoked';
  return expiresAt !== null && expiresAt <= now ? 'expired' : 'active';
}

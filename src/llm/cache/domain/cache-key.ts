import { contentHash } from '../../../common/canonical-json.js';
import type { ModelMessage } from '../../domain/model-request.js';

/** Everything that shapes an answer, redacted. */
export interface CacheKeyParts {
  readonly provider: string;
  /** Exact id. */
  readonly model: string;
  readonly maxOutputTokens: number;
  /** null: the provider's default. */
  readonly temperature: number | null;
  readonly system: string | null;
  readonly messages: readonly ModelMessage[];
  readonly schemaHash: string;
  /** `template@version`. */
  readonly promptVersion: string;
}

/** Hex SHA-256 of the canonical JSON of the parts. */
export const cacheKey = (parts: CacheKeyParts): string => contentHash(parts);

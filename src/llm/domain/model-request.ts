import type { JsonObject } from '../../common/json.js';
import type { TokenUsage } from './token-usage.js';

export interface ModelMessage {
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

/** The answer has to be JSON of this schema. */
export interface RequestedOutput {
  /** `^[a-z0-9_]{1,64}$` */
  readonly name: string;
  /** Portable: see `portable-schema.ts`. */
  readonly schema: JsonObject;
}

/** One question to a model, in no provider's words. */
export interface ModelRequest {
  /** Exact id, as the provider calls it. */
  readonly model: string;
  readonly system: string | null;
  readonly messages: readonly ModelMessage[];
  /** Reasoning included. */
  readonly maxOutputTokens: number;
  /** Absent: the provider's default. */
  readonly temperature?: number;
  /** Absent: text is wanted. */
  readonly output?: RequestedOutput;
}

/**
 * How an answer ended: `stop` as it should, `length` cut off by a token limit, `refusal` by the model or by a filter
 * of its provider, `other` anything else.
 */
export const FINISH_REASONS = ['stop', 'length', 'refusal', 'other'] as const;
export type FinishReason = (typeof FINISH_REASONS)[number];

/** One answer of a model. It was billed, whatever its finish reason. */
export interface ModelResult {
  /** Of a refusal: what it said. JSON comes as text, not parsed. */
  readonly text: string;
  readonly finish: { readonly reason: FinishReason; readonly raw: string | null };
  readonly usage: TokenUsage;
  /** The provider's name for this answer; null where there is none. */
  readonly requestId: string | null;
}

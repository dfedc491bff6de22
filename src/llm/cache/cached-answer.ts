import type { JsonValue } from '../../common/json.js';

/** An answer that may be used again, with the call that was paid for it. */
export interface CachedAnswer {
  readonly answer: JsonValue;
  readonly interactionId: string | null;
}

/** Where an answer came from: a model, memory, the database, or a question that was under way. */
export type CacheResult = 'miss' | 'l1' | 'l2' | 'flight';

export interface FoundAnswer extends CachedAnswer {
  readonly from: CacheResult;
}

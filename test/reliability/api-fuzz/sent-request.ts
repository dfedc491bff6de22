import type { IdPools } from './id-pools.js';
import type { RequestPlan } from './request-plans.js';

/** A request as it went over the wire. */
export interface SentRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | Uint8Array | null;
}

export interface Answer {
  readonly status: number;
  /** By names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** Whether it went on longer than anybody listened: a stream of events. */
  readonly isCut: boolean;
}

export function withIds(plan: RequestPlan, pools: IdPools): SentRequest {
  const { method, target, headers, body } = plan;
  return {
    method,
    target: pools.resolve(target),
    headers: headers.map(([name, value]) => [name, pools.resolve(value)] as const),
    body: typeof body === 'string' ? pools.resolve(body) : body,
  };
}

import { MODEL_FAILURES } from './model-failure.js';

/** How a call can have ended: `unfinished` in a way only its provider knows, `expired`: nobody settled it in time. */
export const CALL_OUTCOMES = [
  ...(['answered', 'invalid', 'refused', 'truncated', 'unfinished', 'expired'] as const),
  ...MODEL_FAILURES.map((kind) => `failed_${kind}` as const),
] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

import { Port } from '../common/ports.js';
import type { CallOutcome } from './domain/call-outcome.js';
import type { CountedAnswer } from './answers/counted-answer.js';
import type { TokenUsage } from './domain/token-usage.js';

/** A model call that has ended and is about to be booked. */
export interface EndedCall {
  /** Function or task type. */
  readonly interactionType: string;
  readonly provider: string;
  readonly model: string;
  readonly outcome: CallOutcome;
  readonly costNanoUsd: bigint;
  readonly usage: TokenUsage;
  readonly latencyMs: number;
}

/** Who is told of each use of models in this process. Never throws, waits for nothing. */
export interface ModelUse {
  trackLlmCall(call: EndedCall): void;
  /** Only of answers that a model might have given. */
  trackAnswer(answer: CountedAnswer): void;
}

/** Nobody is told, unless a module of monitoring wants to know. */
export const MODEL_USE = new Port<ModelUse>('MODEL_USE', {
  trackLlmCall: () => undefined,
  trackAnswer: () => undefined,
});

import type { Issue } from '../../common/issue.js';

/** Why no model gave an answer that can be used; the reason of the twin that takes its place. */
export const NO_ANSWER_REASONS = [
  /** No model that can be asked: no key, breaker open, too many calls at once. */
  'provider_unavailable',
  'unknown_model',
  /** Its price is not known. */
  'unpriced_model',
  /** The request is larger than its function or its model takes. */
  'prompt_too_large',
  'budget_exhausted',
  /** Budgets cannot be asked now. */
  'ledger_unavailable',
  /** Secrets could not be kept out of it. */
  'redaction_failed',
  /** The model, or a filter of its provider, would not answer. */
  'refused',
  /** Cut off by a token limit. */
  'truncated',
  /** It does not fit, also after one repair. */
  'invalid_answer',
  /** The provider failed: the detail says how. */
  'model_failed',
  /** The deadline passed. */
  'timeout',
  /** Whoever asked does not want it any more. */
  'aborted',
  /** It was bought before a crash, and the answer is lost. */
  'bought_before',
  /** A switch was turned off while it was asked. */
  'switched_off',
] as const;
export type NoAnswerReason = (typeof NO_ANSWER_REASONS)[number];

interface NoAnswerOptions {
  /** What was paid for it, nano-dollars. Default 0. */
  readonly costNanoUsd?: bigint;
  /** Which budget, of `budget_exhausted`. */
  readonly scope?: string | null;
  /** There will be none either until somebody changes the question or the settings. Default false. */
  readonly lasts?: boolean;
  /** What was wrong with what a model answered. Default none. */
  readonly issues?: readonly Issue[];
}

/** No model gave an answer that can be used. */
export class NoAnswer extends Error {
  readonly costNanoUsd: bigint;
  readonly scope: string | null;
  readonly lasts: boolean;
  readonly issues: readonly Issue[];

  constructor(
    readonly reason: NoAnswerReason,
    /** For people; holds no secret. */
    readonly detail: string,
    { costNanoUsd = 0n, scope = null, lasts = false, issues = [] }: NoAnswerOptions = {},
  ) {
    super(`${reason}: ${detail}`);
    this.name = 'NoAnswer';
    this.costNanoUsd = costNanoUsd;
    this.scope = scope;
    this.lasts = lasts;
    this.issues = issues;
  }

  /** The same, of somebody who paid this for it. */
  paidWith(costNanoUsd: bigint): NoAnswer {
    const { reason, detail, scope, lasts, issues } = this;
    return new NoAnswer(reason, detail, { costNanoUsd, scope, lasts, issues });
  }
}

/** What is so for one asker only. */
const OWN_MATTERS: ReadonlySet<NoAnswerReason> = new Set([
  'aborted',
  'switched_off',
  'timeout',
  'bought_before',
]);

/** Whether whoever asks the same question for somebody else gets no answer either: not so for his own budget or signal. */
export function holdsForOthers({ reason, scope }: Pick<NoAnswer, 'reason' | 'scope'>): boolean {
  if (reason === 'budget_exhausted') return scope === 'total';
  return !OWN_MATTERS.has(reason);
}

/** What an aborted signal of a call says: its deadline passed, a switch was turned off, or nobody wants it any more. */
export function endedBy(signal: AbortSignal, costNanoUsd = 0n): NoAnswer {
  const name = reasonOf(signal);
  if (name === 'TimeoutError')
    return new NoAnswer('timeout', 'The deadline of the call passed.', { costNanoUsd });
  if (name === SWITCHED_OFF)
    return new NoAnswer('switched_off', 'The feature was turned off.', { costNanoUsd });
  return new NoAnswer('aborted', 'Nobody wants the answer any more.', { costNanoUsd });
}

/** Name of the reason of a signal that aborts because a switch was turned off. */
export const SWITCHED_OFF = 'SwitchedOff';

/** What kind of end a signal that aborted stands for: the name of its reason. */
export const reasonOf = (signal: AbortSignal): string | undefined =>
  (signal.reason as Error | null | undefined)?.name;

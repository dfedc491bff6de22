import type { NoAnswerReason } from '../calls/no-answer.js';
import type { GateReason } from '../domain/gate.js';

export const ANSWER_SOURCES = ['model', 'cache', 'rule', 'twin'] as const;
export type AnswerSource = (typeof ANSWER_SOURCES)[number];
/** Why no model answered, else `allowed`. */
export type AnswerReason = GateReason | NoAnswerReason;

/** How an answer of a function came about. */
export interface CountedAnswer {
  readonly functionName: string;
  readonly agentId: string | null;
  readonly workflowId: string | null;
  readonly source: AnswerSource;
  readonly reason: AnswerReason;
}

/** Where these decide, nobody wants a model: what is done is as if there were none, and leaves no trace. */
const WITHOUT_MODELS: ReadonlySet<AnswerReason> = new Set([
  'feature_off',
  'rollout_excluded',
  'not_assisted',
  'level_forbids',
]);

/** Whether an answer counts: a model might have given it. Pure. */
export const isCounted = ({ reason }: Pick<CountedAnswer, 'reason'>): boolean => !WITHOUT_MODELS.has(reason);

/** Who answered: a twin that only says what is known already is the rule it knows it from. Pure. */
export const sourceOf = ({ source, reason }: Pick<CountedAnswer, 'source' | 'reason'>): AnswerSource =>
  reason === 'rule_known' ? 'rule' : source;

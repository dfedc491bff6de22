import { formatUsd } from '../../common/money.js';
import type { DecisionResult, DecisionView } from './decisions.schemas.js';
import type { DecisionRecord } from './decisions.store.port.js';

/** What whoever asked is told. */
export function toDecisionResult(record: DecisionRecord): DecisionResult {
  const { id, chosen, scores, source, reason, twinChoice, costNanoUsd } = record;
  return {
    ...{ id, chosen, source, reason, twinChoice, costUsd: formatUsd(costNanoUsd) },
    scores: scores.map(({ byCriterion, ...each }) => ({ ...each, byCriterion: { ...byCriterion } })),
  };
}

export function toDecisionView(record: DecisionRecord): DecisionView {
  const { agentId, workflowId, runId, taskId, options, criteria, checks, interactionId, createdAt } = record;
  return {
    ...toDecisionResult(record),
    ...{ agentId, workflowId, runId, taskId, interactionId, createdAt: createdAt.toISOString() },
    options: options.map((each) => ({ ...each })) as DecisionView['options'],
    criteria: criteria.map((each) => ({ ...each })),
    checks: checks.map((each) => ({ ...each })),
  };
}

import { newId } from '../../src/common/ids.js';
import type { Plan } from '../../src/workflows/domain/plan.js';
import type { Quote } from '../../src/workflows/domain/quote.js';
import { aDefinition } from './workflow.factory.js';

/** Of one task of a second. */
export const A_QUOTE: Quote = {
  ...{ tasks: 1, edges: 0, depth: 1, width: 1, criticalPath: ['wait'], criticalPathSeconds: 1 },
  ...{ serialSeconds: 1, durationSeconds: { p50: 1, p95: 1.5 }, effects: ['none'] },
  cost: { maximumUsd: '0.000000000', assistanceLimitUsd: '0.000000000' },
};

/** The first draft of a workflow, by rules. */
export function aPlan(overrides: Partial<Plan> & Pick<Plan, 'workflowId'>): Plan {
  return {
    ...{
      id: newId(),
      runId: null,
      adaptation: null,
      version: 1,
      origin: 'rules',
      source: 'twin',
      reason: 'feature_off',
    },
    ...{ status: 'draft', request: 'Wait a second', constraints: {}, quote: A_QUOTE, costNanoUsd: 0n },
    ...{
      description: 'Waits',
      definition: aDefinition(),
      confidence: null,
      alternatives: [],
      diagnostics: [],
    },
    contentHash: 'a'.repeat(64),
    createdAt: new Date('2026-11-22T09:00:00.123Z'),
    decidedAt: null,
    ...overrides,
  };
}

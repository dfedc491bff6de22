import type { Attributes } from '@opentelemetry/api';
import type { CallContext } from '../budget/ledger.port.js';

const NAMES = {
  agentId: 'gen_ai.agent.id',
  workflowId: 'tandem.workflow.id',
  runId: 'tandem.run.id',
  taskId: 'tandem.task.id',
} as const satisfies Partial<Record<keyof CallContext, string>>;

/** For whom a model is asked, as spans say it. */
export const askedFor = (context: Partial<CallContext>): Attributes =>
  Object.fromEntries(
    Object.entries(NAMES).flatMap(([name, attribute]) => {
      const id = context[name as keyof typeof NAMES];
      return typeof id === 'string' ? [[attribute, id]] : [];
    }),
  );

/** Spans know numbers only; nano-dollars are exact elsewhere. */
export const usdOf = (costNanoUsd: bigint): number => Number(costNanoUsd) / 1e9;

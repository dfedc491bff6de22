import { nameOfReference, type Schema } from './api-document.js';
import type { IdPools } from './id-pools.js';

/** The path parameter that takes the `id` of a component. */
const PARAMETER_OF: Readonly<Record<string, string>> = {
  Agent: 'agentId',
  AgentTree: 'agentId',
  CreatedWebhook: 'webhookId',
  DecisionRecord: 'decisionId',
  DecisionResult: 'decisionId',
  LlmInteraction: 'interactionId',
  LlmInteractionDetail: 'interactionId',
  Plan: 'planId',
  PlanSummary: 'planId',
  RecoveryRule: 'ruleId',
  Run: 'runId',
  Schedule: 'scheduleId',
  Task: 'taskId',
  Webhook: 'webhookId',
  Workflow: 'workflowId',
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

type Definitions = Readonly<Record<string, Schema>>;

/** The component an answer is, or its items are. */
function componentOf(schema: Schema, definitions: Definitions): string | null {
  const name = typeof schema['$ref'] === 'string' ? nameOfReference(schema['$ref']) : null;
  if (name === null || name in PARAMETER_OF) return name;
  const { properties } = definitions[name] ?? {};
  const items = (properties as Record<string, Schema> | undefined)?.['items']?.['items'] as
    Schema | undefined;
  return typeof items?.['$ref'] === 'string' ? nameOfReference(items['$ref']) : null;
}

/** Remembers what an answer that fits `schema` tells of: itself or its items, and where it goes on. */
export function harvest(
  body: unknown,
  schema: Schema,
  definitions: Definitions,
  pools: Pick<IdPools, 'meet'>,
): void {
  if (typeof body !== 'object' || body === null) return;
  const { items, nextCursor, scope } = body as Record<string, unknown>;
  if (typeof nextCursor === 'string') pools.meet('cursor', nextCursor);
  if (typeof scope === 'string') pools.meet('scope', scope);
  const kind = PARAMETER_OF[componentOf(schema, definitions) ?? ''];
  if (kind === undefined) return;
  for (const each of Array.isArray(items) ? (items as unknown[]) : [body]) {
    const { id } = each as Record<string, unknown>;
    if (typeof id === 'string' && UUID.test(id)) pools.meet(kind, id);
  }
}

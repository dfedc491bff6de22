import { inSpan } from '../common/tracing/in-span.js';

/** What is planned: a workflow out of a sentence, the parts of a task, an order. */
export type PlanningKind = 'create_workflow_plan' | 'decompose_task' | 'optimize_task_order';

/** For whom; absent or null: nobody knows. */
export interface PlannedFor {
  readonly agentId?: string | null | undefined;
  readonly workflowId?: string | undefined;
  readonly taskId?: string | undefined;
}

/** Planning as OpenTelemetry's conventions for generative AI call it: a `plan` span, the model's requests within. */
export const tracedPlanning = <T>(
  kind: PlanningKind,
  { agentId, workflowId, taskId }: PlannedFor,
  plan: () => Promise<T>,
): Promise<T> =>
  inSpan(
    'plan',
    {
      'gen_ai.operation.name': 'plan',
      'tandem.planning.kind': kind,
      ...(typeof agentId === 'string' ? { 'gen_ai.agent.id': agentId } : {}),
      ...(workflowId === undefined ? {} : { 'tandem.workflow.id': workflowId }),
      ...(taskId === undefined ? {} : { 'tandem.task.id': taskId }),
    },
    plan,
  );

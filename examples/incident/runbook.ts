import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Api } from '../../scripts/lib/api.ts';
import { exampleAgent, putExampleWorkflow } from '../../scripts/lib/example-workflow.ts';
import { DEFAULT_PORT } from './sample-service.ts';

const WORKFLOW = new URL('workflow.json', import.meta.url);

/** A model may be asked about its failures, and change what task types let it change. */
const OPERATOR = {
  name: 'incident operator',
  capabilities: ['http.request'],
  intelligence: { intelligenceLevel: 'adaptive', executionMode: 'adaptive' },
};
/** What it fails at is left to the engine. */
const CLERK = {
  name: 'incident clerk',
  capabilities: ['http.request', 'text.render', 'file.write'],
  intelligence: { intelligenceLevel: 'basic', executionMode: 'strict' },
};
const TASKS_OF_OPERATOR: ReadonlySet<string> = new Set(['check', 'restart', 'verify']);

const agentSchema = z.object({ id: z.uuid(), parentAgentId: z.uuid().nullable() });
const agentsSchema = z.object({ items: z.array(agentSchema) });
const taskSchema = z.looseObject({ taskId: z.string(), optional: z.boolean().default(false) });
const definitionSchema = z.looseObject({ tasks: z.array(taskSchema) });
const evaluationSchema = z.object({
  use: z.boolean(),
  reason: z.string(),
  checks: z.array(z.object({ detail: z.string() })),
});

/** The workflow, and the agent that mends the service in it. */
export interface Runbook {
  readonly workflowId: string;
  readonly operatorId: string;
  /** taskIds. */
  readonly optional: ReadonlySet<string>;
}

async function child(
  api: Api,
  ownerId: string,
  { name, capabilities, intelligence }: typeof OPERATOR,
): Promise<string> {
  const named = `/agents?name=${encodeURIComponent(name)}&status=active&limit=200`;
  const { items } = await api.get(named, agentsSchema);
  const known = items.find(({ parentAgentId }) => parentAgentId === ownerId);
  const fields = { name, capabilities };
  const { id } = known ?? (await api.send('POST', `/agents/${ownerId}/children`, fields, agentSchema));
  await api.send('PUT', `/agents/${id}/intelligence`, intelligence, z.unknown());
  return id;
}

/** The workflow for a service at a port. */
export async function setUp(api: Api, port: number): Promise<Runbook> {
  const ownerId = await exampleAgent(api);
  const operatorId = await child(api, ownerId, OPERATOR);
  const clerkId = await child(api, ownerId, CLERK);
  const text = readFileSync(WORKFLOW, 'utf8').replaceAll(`127.0.0.1:${DEFAULT_PORT}`, `127.0.0.1:${port}`);
  const definition = definitionSchema.parse(JSON.parse(text));
  const tasks = definition.tasks.map((task) => ({
    ...task,
    agentId: TASKS_OF_OPERATOR.has(task.taskId) ? operatorId : clerkId,
  }));
  const optional = new Set(tasks.filter((task) => task.optional).map(({ taskId }) => taskId));
  return {
    workflowId: await putExampleWorkflow(api, 'incident', { ...definition, tasks }),
    operatorId,
    optional,
  };
}

/** Whether a model would be asked about a failure of an agent, and why (not). `error`: one that was had. */
export async function mayAskModel(
  api: Api,
  agentId: string,
  error?: { readonly code: string; readonly class: string; readonly message: string },
): Promise<{ readonly use: boolean; readonly reason: string; readonly detail: string }> {
  const context = error === undefined ? {} : { context: { taskType: 'http.request', error } };
  const body = { agentId, scenario: 'error_recovery', ...context };
  const { use, reason, checks } = await api.send('POST', '/inference/evaluate', body, evaluationSchema);
  return { use, reason, detail: checks.at(-1)?.detail ?? '' };
}

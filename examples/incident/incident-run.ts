import { z } from 'zod';
import type { Api } from '../../scripts/lib/api.ts';
import { type RunEvent, runEvents } from '../../scripts/lib/run-events.ts';
import type { Runbook } from './runbook.ts';
import { storyteller } from './story.ts';

const startedSchema = z.object({ id: z.uuid() });
const recoverySchema = z.object({
  taskId: z.string(),
  action: z.string(),
  source: z.string(),
  costUsd: z.string(),
  error: z.object({ code: z.string(), class: z.string(), message: z.string() }).nullable(),
});
const runSchema = z.object({
  id: z.uuid(),
  status: z.string(),
  reason: z.string().nullable(),
  output: z.unknown(),
  costUsd: z.string(),
  recoveries: z.array(recoverySchema),
});
const costsSchema = z.object({ items: z.array(z.object({ calls: z.int() })) });
const tasksSchema = z.object({
  items: z.array(z.object({ taskId: z.string(), parameters: z.record(z.string(), z.unknown()) })),
});

/** A run of the runbook that has ended. */
export type IncidentRun = z.output<typeof runSchema> & {
  readonly incident: number;
  /** Of models, paid for by this run. */
  readonly calls: number;
  /** Of `verify`, as it was done in the end. */
  readonly query: unknown;
};

/** Answers a question of the run; the UUID is of the task that waits. */
export type Person = (taskId: string, incident: number) => Promise<void>;

const asksPerson = ({ type, data }: RunEvent): boolean =>
  type === 'task.waiting' && data['waitingFor'] === 'person';

/** Runs the runbook for one incident and tells what happens. */
export async function runIncident(
  api: Api,
  { workflowId, optional }: Runbook,
  incident: number,
  person: Person,
): Promise<IncidentRun> {
  const body = { input: { incident } };
  const { id } = await api.send('POST', `/workflows/${workflowId}/runs`, body, startedSchema);
  const tell = storyteller(optional);
  for await (const event of runEvents(api, id)) {
    for (const line of tell(event)) console.log(line);
    if (asksPerson(event)) await person(String(event.data['id']), incident);
  }
  const [run, costs, { items }] = await Promise.all([
    api.get(`/runs/${id}`, runSchema),
    api.get(`/runs/${id}/costs`, costsSchema),
    api.get(`/runs/${id}/tasks?limit=50`, tasksSchema),
  ]);
  const calls = costs.items.reduce((sum, each) => sum + each.calls, 0);
  const query = items.find(({ taskId }) => taskId === 'verify')?.parameters['query'] ?? null;
  console.log(
    `  ${run.status}${run.reason === null ? '' : ` (${run.reason})`}; verify was sent with ` +
      `${query === null ? 'the parameters of the workflow' : `the query ${JSON.stringify(query)}`}; ` +
      `calls of a model: ${calls}, ${run.costUsd} USD\n`,
  );
  return { ...run, incident, calls, query };
}

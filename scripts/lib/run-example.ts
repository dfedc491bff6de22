import { z } from 'zod';
import type { Api } from './api.ts';
import { putExampleWorkflow } from './example-workflow.ts';
import { Progress } from './progress.ts';
import { type RunEvent, runEvents } from './run-events.ts';

const started = z.object({ id: z.uuid() });
const runSchema = z.object({
  id: z.uuid(),
  status: z.string(),
  reason: z.string().nullable(),
  output: z.unknown(),
  tasksByStatus: z.record(z.string(), z.int()),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
});
export type EndedRun = z.output<typeof runSchema>;

export interface ExampleWorkflow {
  readonly name: string;
  readonly definition: { readonly tasks: readonly { readonly taskId: string; readonly taskType: string }[] };
  /** Called when a task waits for a person, with its UUID. */
  readonly onQuestion?: (taskId: string, progress: Progress) => Promise<void>;
}

const asksPerson = ({ type, data }: RunEvent): boolean =>
  type === 'task.waiting' && data['waitingFor'] === 'person';

/** Stores a workflow, runs it and shows how it goes; answers the ended run. */
export async function runExample(api: Api, workflow: ExampleWorkflow): Promise<EndedRun> {
  return runWorkflow(api, await putExampleWorkflow(api, workflow.name, workflow.definition), workflow);
}

/** The same for one that has this definition already. */
export async function runWorkflow(
  api: Api,
  workflowId: string,
  { name, definition, onQuestion }: ExampleWorkflow,
): Promise<EndedRun> {
  const { id } = await api.send('POST', `/workflows/${workflowId}/runs`, {}, started);
  console.log(`${name}: ${definition.tasks.length} tasks, run ${api.origin}/api/v1/runs/${id}\n`);
  const progress = new Progress(
    new Map(definition.tasks.map(({ taskId, taskType }) => [taskId, taskType])),
    process.stdout,
  );
  for await (const event of runEvents(api, id)) {
    progress.show(event);
    if (asksPerson(event)) await onQuestion?.(String(event.data['id']), progress);
  }
  progress.finish();
  return api.get(`/runs/${id}`, runSchema);
}

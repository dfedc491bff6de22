import { z } from 'zod';
import type { Api } from '../../scripts/lib/api.ts';
import { exampleAgent } from '../../scripts/lib/example-workflow.ts';
import { DATA_FOLDER } from '../../scripts/lib/paths.ts';
import type { EndedRun } from '../../scripts/lib/run-example.ts';
import { describeWrittenFile } from '../../scripts/lib/written-file.ts';

const SHOWN_LINES = 16;

const tasksSchema = z.object({
  items: z.array(z.object({ taskType: z.string(), status: z.string(), result: z.unknown() })),
});
const writtenSchema = z.object({ path: z.string() });
const readSchema = z.object({ output: z.object({ task: z.object({ content: z.string() }) }) });

function headOf(text: string): string {
  const lines = text.trimEnd().split('\n');
  const more = lines.length - SHOWN_LINES;
  const shown = lines.slice(0, SHOWN_LINES).map((line) => `  ${line}`);
  return [...shown, ...(more > 0 ? [`  … ${more} more lines`] : [])].join('\n');
}

/** Whoever runs that Tandem, its files are read by a task of its own. */
async function contentOf(api: Api, path: string): Promise<string> {
  const body = { taskType: 'file.read', parameters: { path } };
  const agentId = await exampleAgent(api);
  return (await api.send('POST', `/agents/${agentId}/tasks?wait=20`, body, readSchema)).output.task.content;
}

/** Shows what the run has written, or its output where it has written nothing. */
export async function printResults(api: Api, run: EndedRun): Promise<void> {
  const { items } = await api.get(`/runs/${run.id}/tasks?limit=200`, tasksSchema);
  const written = items.filter(({ taskType, status }) => taskType === 'file.write' && status === 'succeeded');
  for (const { result } of written) {
    const { path } = writtenSchema.parse(result);
    const text = await contentOf(api, path);
    console.log(`\n${describeWrittenFile({ path, text }, DATA_FOLDER)}\n${headOf(text)}`);
  }
  if (written.length === 0) console.log(`\nOutput\n${headOf(JSON.stringify(run.output, null, 2))}`);
}

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Api } from '../../scripts/lib/api.ts';
import { askYesNo } from '../../scripts/lib/ask.ts';
import type { Example } from '../../scripts/lib/example.ts';
import type { Progress } from '../../scripts/lib/progress.ts';
import { DATA_FOLDER } from '../../scripts/lib/paths.ts';
import { type ExampleWorkflow, runExample } from '../../scripts/lib/run-example.ts';
import { describeWrittenFile } from '../../scripts/lib/written-file.ts';

const WORKFLOW = new URL('workflow.json', import.meta.url);
const SHOWN_LINES = 24;

const questionSchema = z.object({
  wait: z.object({ question: z.string(), details: z.unknown() }),
});
const tasksSchema = z.object({ items: z.array(z.object({ id: z.uuid(), taskId: z.string() })) });
const reportSchema = z.object({ result: z.object({ text: z.string() }) });
const outputSchema = z.object({ report: z.string() });

class NobodyToAsk extends Error {}

async function decide(api: Api, taskId: string, approve: boolean, progress: Progress): Promise<void> {
  const { wait } = await api.get(`/tasks/${taskId}`, questionSchema);
  progress.line(`\n${JSON.stringify(wait.details, null, 2)}`);
  const approved = approve || (await askYesNo(wait.question));
  if (approved === null) {
    throw new NobodyToAsk(
      `${wait.question}\nThe run waits for a decision, but this is no terminal. Run again with --approve, or send ` +
        `POST /api/v1/tasks/${taskId}/approve (or /reject) to a running Tandem.`,
    );
  }
  progress.line(approved ? 'Approved.\n' : 'Rejected.\n');
  await api.send(
    'POST',
    `/tasks/${taskId}/${approved ? 'approve' : 'reject'}`,
    { by: 'example' },
    z.unknown(),
  );
}

async function printReport(api: Api, runId: string, output: unknown): Promise<void> {
  const { items } = await api.get(`/runs/${runId}/tasks?limit=50`, tasksSchema);
  const render = items.find(({ taskId }) => taskId === 'render');
  const { result } = await api.get(`/tasks/${render?.id}/result`, reportSchema);
  const lines = result.text.split('\n');
  const report = { path: outputSchema.parse(output).report, text: result.text };
  console.log(`\nReport: ${describeWrittenFile(report, DATA_FOLDER)}\n`);
  console.log(lines.slice(0, SHOWN_LINES).join('\n'));
  if (lines.length > SHOWN_LINES) console.log(`… ${lines.length - SHOWN_LINES} more lines`);
}

async function audit(api: Api, approve: boolean): Promise<number> {
  const definition = JSON.parse(readFileSync(WORKFLOW, 'utf8')) as ExampleWorkflow['definition'];
  const run = await runExample(api, {
    name: 'licence-audit',
    definition,
    onQuestion: (taskId, progress) => decide(api, taskId, approve, progress),
  });
  if (run.status !== 'succeeded') {
    console.error(`\nThe run ended as ${run.status} (${run.reason ?? 'no reason'}).`);
    return 1;
  }
  await printReport(api, run.id, run.output);
  return 0;
}

export const example: Example = {
  usage: 'licence-audit [-- --approve]',
  summary:
    'Counts and judges the licences of every package this repository installs, asks, and writes a report.',
  prepare(args) {
    const { values } = parseArgs({
      args: [...args],
      options: { approve: { type: 'boolean', default: false } },
    });
    return { run: (api) => audit(api, values.approve) };
  },
};

import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Api } from '../../scripts/lib/api.ts';
import { askYesNo } from '../../scripts/lib/ask.ts';
import { exampleEnvironment } from '../../scripts/lib/example-environment.ts';
import type { Example } from '../../scripts/lib/example.ts';
import { exampleWorkflow } from '../../scripts/lib/example-workflow.ts';
import { runWorkflow } from '../../scripts/lib/run-example.ts';
import { answerPerson } from './answer-person.ts';
import { ITEMS_URL, itemsHostIn, serveItems } from './items-server.ts';
import { modelCallLines } from './model-calls.ts';
import { planSchema, type ShownPlan } from './plan-schema.ts';
import { planText } from './plan-text.ts';
import { printResults } from './results.ts';

const NAME = 'plan';
const USAGE = 'plan -- "SENTENCE" [--yes]';
const SCRIPT = fileURLToPath(new URL('script.json', import.meta.url));
const SENTENCES = [
  'Read package-lock.json, count the packages per licence, then write the result to counts.json',
  'Read package-lock.json, then count the packages per licence and render a report that lists them, then write it to report.md',
  `Fetch ${ITEMS_URL}, validate it against examples/plan/items.schema.json, and save the items to items.csv`,
];

const HELP = [
  `Usage: npm run example ${USAGE}`,
  '',
  'Three sentences to begin with:',
  ...SENTENCES.map((sentence) => `  npm run example plan -- "${sentence}"`),
  '',
  '--yes approves and runs the plan without asking. With LLM_PROVIDER=scripted a file answers instead of a model.',
].join('\n');

async function showPlan(api: Api, workflowId: string, plan: ShownPlan): Promise<void> {
  console.log(`\n${planText(plan)}`);
  if (plan.source !== 'model') return;
  console.log(`\nCalls of the model\n${(await modelCallLines(api, workflowId)).join('\n')}`);
}

const howToGoOn = ({ id, contentHash }: ShownPlan): string =>
  '\nThis is no terminal, so nobody was asked and nothing was approved: the plan is a draft. Run again with --yes, or ' +
  `send POST /api/v1/plans/${id}/approve ${JSON.stringify({ contentHash })} to a running Tandem.`;

async function execute(api: Api, workflowId: string, { definition }: ShownPlan): Promise<number> {
  console.log('');
  const run = await runWorkflow(api, workflowId, {
    ...{ name: NAME, definition },
    onQuestion: (taskId, progress) => answerPerson(api, taskId, progress),
  });
  if (run.status !== 'succeeded') {
    console.error(`\nThe run ended as ${run.status} (${run.reason ?? 'no reason'}).`);
    return 1;
  }
  await printResults(api, run);
  return 0;
}

async function planAndRun(api: Api, request: string, yes: boolean): Promise<number> {
  const workflowId = await exampleWorkflow(api, NAME);
  const plan = await api.send('POST', `/workflows/${workflowId}/plan`, { request }, planSchema);
  await showPlan(api, workflowId, plan);
  const isWanted = yes || (await askYesNo('\nApprove this plan and run it?'));
  if (isWanted === null) {
    console.error(howToGoOn(plan));
    return 1;
  }
  const { contentHash } = plan;
  const decide = (what: string) =>
    api.send('POST', `/plans/${plan.id}/${what}`, { contentHash }, z.unknown());
  if (!isWanted) {
    await decide('reject');
    console.log('Rejected. Nothing was run.');
    return 0;
  }
  await decide('approve');
  return execute(api, workflowId, plan);
}

export const example: Example = {
  usage: USAGE,
  summary: 'Makes a plan of a sentence, shows it with its quote and its reasons, asks, and runs it.',
  prepare(args) {
    const { values, positionals } = parseArgs({
      ...{ args: [...args], allowPositionals: true },
      options: { yes: { type: 'boolean', default: false } },
    });
    const sentence = positionals.join(' ').trim();
    if (sentence === '') return { usageError: HELP };
    return {
      env: exampleEnvironment({ host: itemsHostIn(sentence), script: SCRIPT }),
      run: async (api) => {
        const itemsHost = itemsHostIn(sentence);
        const items = itemsHost === null ? null : await serveItems(itemsHost);
        try {
          return await planAndRun(api, sentence, values.yes);
        } finally {
          await items?.stop();
        }
      },
    };
  },
};

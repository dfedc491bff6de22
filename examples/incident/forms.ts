import { z } from 'zod';
import type { Api } from '../../scripts/lib/api.ts';
import { DATA_FOLDER } from '../../scripts/lib/paths.ts';
import { describeWrittenFile } from '../../scripts/lib/written-file.ts';
import { type IncidentRun, type Person, runIncident } from './incident-run.ts';
import { differencesByRules, differencesOfFive } from './differences.ts';
import { learnedRules, ruleLines } from './learned-rules.ts';
import { mayAskModel, type Runbook } from './runbook.ts';
import { tableOf } from './table.ts';

const RUNS = 5;

const outputSchema = z.object({ path: z.string(), text: z.string() });

/** What the example shows, once it was done; answers in which way it was not so. */
export type Form = (api: Api, runbook: Runbook, person: Person, incident: number) => Promise<string[]>;

/** One run, without any model. */
export const byRules: Form = async (api, runbook, person, incident) => {
  console.log(`Incident ${incident}`);
  const run = await runIncident(api, runbook, incident, person);
  printReport(run);
  return differencesByRules(run);
};

/** Five runs, until a rule does what a model did. */
export const withModel: Form = async (api, runbook, person, incident) => {
  const runs: IncidentRun[] = [];
  for (let index = 0; index < RUNS; index += 1) {
    console.log(`Run ${index + 1} of ${RUNS}, incident ${incident + index}`);
    const run = await runIncident(api, runbook, incident + index, person);
    runs.push(run);
    if (run.status !== 'succeeded') return differencesOfFive(runs, [], '');
  }
  console.log(`${tableOf(runs)}\n`);
  const error = runs.at(-1)?.recoveries.at(-1)?.error ?? undefined;
  const { reason, detail } = await mayAskModel(api, runbook.operatorId, error);
  const rules = await learnedRules(api);
  console.log('What was learned (GET /inference/rules)');
  console.log(rules.flatMap(ruleLines).join('\n') || '  nothing');
  console.log(`  and the next time (POST /inference/evaluate): ${reason}. ${detail}`);
  return differencesOfFive(runs, rules, reason);
};

function printReport({ output }: IncidentRun): void {
  const report = outputSchema.safeParse(output);
  if (!report.success) return;
  console.log(`Report: ${describeWrittenFile(report.data, DATA_FOLDER)}\n\n${report.data.text.trimEnd()}`);
}

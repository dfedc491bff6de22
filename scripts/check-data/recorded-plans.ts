import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assemblePlan, type AssembledPlan } from '../../src/planning/model/domain/assemble-plan.js';
import { readTools, slug, type ToolCatalogue } from './recorded-tools.js';
import { unsoundness } from './soundness.js';

/** Less than this share of the plans read is a mismatch. */
const MIN_READ = 0.6;

interface RecordedPlan {
  readonly model: string;
  readonly id: string;
  readonly user_request: string;
  readonly task_steps: readonly (string | { readonly description?: string })[];
  readonly task_nodes: readonly { readonly task: string; readonly arguments?: unknown }[];
  readonly task_links: readonly { readonly source: unknown; readonly target: unknown }[];
}

/** Only names are changed: of fields, and of tools that the catalogue has. Nothing is put right. */
function toAnswer(plan: RecordedPlan, { nameOf }: ToolCatalogue): unknown {
  const described = plan.task_steps.map((step) => (typeof step === 'string' ? step : step.description));
  const named = (value: unknown): unknown => (typeof value === 'string' ? slug(value) : value);
  return {
    tasks: plan.task_nodes.map(({ task, arguments: parameters, ...rest }, index) => ({
      id: slug(task),
      ...rest,
      taskType: nameOf.get(task) ?? task,
      ...(described[index] === undefined ? {} : { description: described[index] }),
      ...(parameters === undefined ? {} : { parameters }),
    })),
    links: plan.task_links.map(({ source, target, ...rest }) => ({
      ...rest,
      ...(source === undefined ? {} : { source: named(source) }),
      ...(target === undefined ? {} : { target: named(target) }),
    })),
  };
}

/** How often each code occurs: plans that have it. */
class Tally {
  private readonly counts = new Map<string, number>();

  add(codes: Iterable<string>): void {
    for (const code of new Set(codes)) this.counts.set(code, (this.counts.get(code) ?? 0) + 1);
  }

  print(title: string): void {
    console.log(`\n${title}, by number of plans`);
    for (const [code, count] of [...this.counts].sort(([, a], [, b]) => b - a))
      console.log(`  ${String(count).padStart(4)}  ${code}`);
  }
}

type Outcome = 'asIs' | 'repaired' | 'refused';

const outcomeOf = ({ plan }: AssembledPlan): Outcome =>
  plan === null ? 'refused' : plan.diagnostics.length === 0 ? 'asIs' : 'repaired';

function readPlans(folder: string, recording: string): RecordedPlan[] {
  return readFileSync(join(folder, 'recorded-model-plans', `${recording}.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RecordedPlan);
}

type Row = Record<Outcome, number>;

/** What came of all recordings with tools loaded in one way. */
class Report {
  readonly rows = new Map<string, Row>();
  readonly repairs = new Tally();
  readonly refusals = new Tally();
  unsound = 0;

  add(recording: string, recorded: RecordedPlan, tools: ToolCatalogue): void {
    const given = { catalogue: tools.entries, agents: [], request: recorded.user_request };
    const assembled = assemblePlan(toAnswer(recorded, tools), given, tools.context);
    const key = `${recording} / ${recorded.model}`;
    const row = this.rows.get(key) ?? { asIs: 0, repaired: 0, refused: 0 };
    row[outcomeOf(assembled)] += 1;
    this.rows.set(key, row);
    this.refusals.add(assembled.issues.map(({ code }) => code));
    if (assembled.plan === null) return;
    this.repairs.add(assembled.plan.diagnostics.map(({ code }) => code));
    for (const problem of unsoundness(assembled.plan.definition, new Set(tools.nameOf.values()))) {
      console.log(`${key} ${recorded.id}: ${problem}`);
      this.unsound += 1;
    }
  }

  /** Prints it; answers the share of plans that were read. */
  print(title: string): number {
    const rows = [...this.rows.values()];
    const sum = (outcome: Outcome): number => rows.reduce((total, row) => total + row[outcome], 0);
    const [asIs, repaired, refused] = [sum('asIs'), sum('repaired'), sum('refused')];
    const all = asIs + repaired + refused;
    const share = 1 - refused / all;
    console.log(`\nRecorded plans of models: ${title}`);
    console.table(Object.fromEntries(this.rows));
    console.log(
      `${all} plans: ${asIs} as they are, ${repaired} repaired, ${refused} refused; ` +
        `${(100 * share).toFixed(1)} % read.`,
    );
    return share;
  }
}

/**
 * Reads what models really answered as plans over the tools they were given; answers how many plans that were accepted
 * are unsound, and 1 more where too few were accepted.
 */
export function checkRecordedPlans(folder: string): number {
  const recordings = readdirSync(join(folder, 'recorded-model-plans'))
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => name.slice(0, -'.jsonl'.length))
    .sort();
  const [told, strict] = (['told', 'strict'] as const).map((loading) => {
    const report = new Report();
    for (const recording of recordings) {
      const tools = readTools(folder, recording, loading);
      for (const recorded of readPlans(folder, recording)) report.add(recording, recorded, tools);
    }
    return report;
  }) as [Report, Report];
  const share = told.print('inputs of tools as the models were told of them');
  told.repairs.print('Repairs of accepted plans');
  told.refusals.print('Refusals');
  strict.print('every input of a tool required');
  strict.repairs.print('Repairs of accepted plans');
  strict.refusals.print('Refusals');
  return told.unsound + strict.unsound + (share < MIN_READ ? 1 : 0);
}

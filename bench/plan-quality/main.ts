// `npm run bench plan-quality -- --catalogue FILE --requests FILE …`; see README.md beside.
import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { ablations } from './ablation.js';
import {
  type GoldRequest,
  readCatalogueFile,
  readRequestFile,
  type Tool,
  UnusableFileError,
} from './gold-files.js';
import { HISTORY_PLANNERS, planKey } from './history.js';
import { measure, type Quality } from './measure.js';
import { floorPlanner, type MeasuredPlanner, rulesPlanner } from './planners.js';
import { renderTable } from './report.js';

const USAGE =
  'npm run bench plan-quality -- --catalogue FILE --requests FILE [--history FILE | --leave-one-out] [--limit N] ' +
  '[--ablate] [--json FILE]';

interface Task {
  readonly tools: readonly Tool[];
  readonly requests: readonly GoldRequest[];
  readonly history: readonly GoldRequest[] | null;
  /** The history of a request is all the others of its file. */
  readonly isLeaveOneOut: boolean;
  readonly ablates: boolean;
}

function withHistory(
  { tools, requests, history, isLeaveOneOut }: Task,
  plain: MeasuredPlanner,
): readonly Quality[] {
  const past = isLeaveOneOut ? requests : history;
  if (past === null) return [];
  const names = new Set(tools.map(({ name }) => name));
  const counts = new Map<string, number>();
  for (const { gold } of past) counts.set(planKey(gold), (counts.get(planKey(gold)) ?? 0) + 1);
  const isSeen = ({ gold }: GoldRequest) => (counts.get(planKey(gold)) ?? 0) > (isLeaveOneOut ? 1 : 0);
  return Object.entries(HISTORY_PLANNERS).flatMap(([name, build]) => {
    const shared = isLeaveOneOut ? null : build(tools, past, plain);
    const trials = requests.map((request) => {
      const others = () => past.filter((one) => one !== request);
      return { request, planner: shared ?? build(tools, others(), plain) };
    });
    return measure(name, trials, names, isSeen);
  });
}

function measureAll(task: Task): readonly Quality[] {
  const { tools, requests, ablates } = task;
  const names = new Set(tools.map(({ name }) => name));
  const plain = rulesPlanner(tools);
  const trialsOf = (planner: MeasuredPlanner) => requests.map((request) => ({ request, planner }));
  const without = ablates ? ablations() : [];
  return [
    ...measure('floor', trialsOf(floorPlanner(tools)), names),
    ...measure('rules', trialsOf(plain), names),
    ...withHistory(task, plain),
    ...without.flatMap(([part, weights]) => measure(part, trialsOf(rulesPlanner(tools, weights)), names)),
  ];
}

function optionsOf(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      ...{ catalogue: { type: 'string' }, requests: { type: 'string' }, history: { type: 'string' } },
      ...{ limit: { type: 'string' }, json: { type: 'string' } },
      ...{ 'leave-one-out': { type: 'boolean' }, ablate: { type: 'boolean' } },
    },
  }).values;
}

/** Answers the exit code: 2 for arguments or files that cannot be used, with what is wrong on standard error. */
export function runPlanQuality(args: readonly string[]): number {
  try {
    return run(optionsOf(args));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const isUsage = code?.startsWith('ERR_PARSE_ARGS') === true;
    if (!isUsage && !(error instanceof UnusableFileError)) throw error;
    console.error(isUsage ? `${message}\n${USAGE}` : message);
    return 2;
  }
}

function run(values: ReturnType<typeof optionsOf>): number {
  const limit = values.limit === undefined ? Infinity : Number(values.limit);
  if (values.catalogue === undefined || values.requests === undefined || !(limit >= 1)) {
    console.error(
      limit >= 1 ? USAGE : `--limit is a count of at least 1, not ${String(values.limit)}.\n${USAGE}`,
    );
    return 2;
  }
  const { tools, skipped: skippedTools } = readCatalogueFile(values.catalogue);
  const { requests: all, skipped } = readRequestFile(values.requests);
  const requests = all.slice(0, limit);
  const qualities = measureAll({
    tools,
    requests,
    history: values.history === undefined ? null : readRequestFile(values.history).requests,
    isLeaveOneOut: values['leave-one-out'] === true,
    ablates: values.ablate === true,
  });
  console.log(`${basename(values.requests)}: ${tools.length} tools, ${requests.length} requests`);
  if (skippedTools > 0) console.log(`note: ${skippedTools} tools have no id, or that of an earlier one`);
  if (skipped > 0) console.log(`note: ${skipped} lines hold no request with a plan`);
  console.log(renderTable(qualities));
  if (values.json !== undefined)
    writeFileSync(values.json, `${JSON.stringify({ tools: tools.length, skipped, qualities }, null, 2)}\n`);
  return 0;
}

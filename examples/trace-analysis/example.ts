import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Api } from '../../scripts/lib/api.ts';
import type { Example } from '../../scripts/lib/example.ts';
import { type EndedRun, runExample } from '../../scripts/lib/run-example.ts';
import { readTrace } from './read-trace.ts';
import { toDefinition, type Trace } from './trace.ts';

const USAGE = 'trace-analysis -- FILE [--scale 0.001]';

const validationSchema = z.object({
  valid: z.boolean(),
  issues: z.array(z.object({ pointer: z.string(), message: z.string() })),
  quote: z
    .object({
      depth: z.int(),
      width: z.int(),
      edges: z.int(),
      criticalPath: z.array(z.string()),
      criticalPathSeconds: z.number(),
      serialSeconds: z.number(),
    })
    .nullable(),
});
type Quote = NonNullable<z.output<typeof validationSchema>['quote']>;

async function quoteOf(api: Api, definition: unknown): Promise<Quote> {
  const { quote, issues } = await api.send('POST', '/definitions/validate', definition, validationSchema);
  if (quote !== null) return quote;
  const lines = issues.slice(0, 10).map(({ pointer, message }) => `  ${pointer} ${message}`);
  throw new Error(`The trace is no workflow:\n${lines.join('\n')}`);
}

const SHOWN_ENDS = 3;

function pathText(path: readonly string[]): string {
  if (path.length <= 2 * SHOWN_ENDS) return path.join(' → ');
  return [...path.slice(0, SHOWN_ENDS), '…', ...path.slice(-SHOWN_ENDS)].join(' → ');
}

function printResult(run: EndedRun, tasks: number, quote: Quote, scale: number): void {
  const makespan = (Date.parse(run.finishedAt ?? '') - Date.parse(run.startedAt ?? '')) / 1000;
  const rows = [
    ['Graph', `${tasks} tasks, ${quote.edges} edges, depth ${quote.depth}, width ${quote.width}`],
    ['Makespan', `${makespan.toFixed(3)} s, the recorded times scaled by ${scale}`],
    ['Critical path', `${quote.criticalPathSeconds.toFixed(3)} s: ${pathText(quote.criticalPath)}`],
    ['One by one', `${quote.serialSeconds.toFixed(3)} s`],
    ['Overhead', `${(makespan - quote.criticalPathSeconds).toFixed(3)} s over the critical path`],
    ['Throughput', `${Math.round(tasks / makespan)} tasks/s`],
  ];
  console.log(`\n${rows.map(([name = '', value = '']) => `${name.padEnd(14)} ${value}`).join('\n')}`);
}

async function analyse(api: Api, trace: Trace, scale: number): Promise<number> {
  const definition = toDefinition(trace, scale);
  const quote = await quoteOf(api, definition);
  const run = await runExample(api, { name: `trace ${trace.name}`.slice(0, 200), definition });
  if (run.status !== 'succeeded') {
    console.error(`\nThe run ended as ${run.status} (${run.reason ?? 'no reason'}).`);
    return 1;
  }
  printResult(run, definition.tasks.length, quote, scale);
  return 0;
}

export const example: Example = {
  usage: USAGE,
  summary:
    'Runs a recorded workflow trace ({ name, tasks[{ id, runtimeSeconds, parents[] }] }) with scaled times.',
  prepare(args) {
    const options = { scale: { type: 'string', default: '0.001' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const scale = Number(values.scale);
    const [file] = positionals;
    if (file === undefined || !(scale >= 0)) return { usageError: `Usage: npm run example ${USAGE}` };
    const read = readTrace(file);
    return 'usageError' in read ? read : { run: (api) => analyse(api, read.trace, scale) };
  },
};

import { writeFileSync } from 'node:fs';
import type { BenchApp } from '../bench-app.js';
import type { BenchServer } from '../bench-server.js';
import type { Figure, PartReport } from '../figures.js';
import { CELLS } from '../recovery/cells.js';
import { type Impact, measureImpact } from '../recovery/impact.js';
import { countOf, type Matrix, playMatrix, worseCells } from '../recovery/matrix.js';
import { renderMatrix } from '../recovery/table.js';

const FILE = new URL('../recovery/matrix.md', import.meta.url);

const figuresOf = (matrix: Matrix): Figure[] =>
  (Object.keys(matrix) as (keyof Matrix)[]).map((name) => ({
    ...{ name: `recovery.${name}`, unit: `of ${CELLS.length} recovered` },
    rounds: [countOf(matrix[name], 'recovered')],
  }));

function impactFigures({ level, ...impact }: Impact, basic: Impact): Figure[] {
  const named = (what: string): string => `recovery.${level}.${what}`;
  return [
    {
      name: named('statements'),
      unit: 'a run',
      rounds: [impact.statementsPerRun],
      target: { atMost: basic.statementsPerRun },
    },
    { name: named('calls'), unit: 'a task', rounds: [impact.callsPerTask], target: { atMost: 0 } },
    { name: named('toBasic'), unit: '×', rounds: impact.toBasic, target: { atMost: 1.05 } },
    { name: named('failureCalls'), unit: 'a failure', rounds: [impact.callsPerFailure] },
    { name: named('failureUsd'), unit: 'USD a failure', rounds: [impact.usdPerFailure] },
    { name: named('failureAdded'), unit: 'ms', rounds: [impact.addedMs ?? 0] },
    { name: named('failureRecovered'), unit: 'of failures', rounds: [impact.recovered] },
  ];
}

/** What models do about failures, better and worse ones; what each level costs. Writes `recovery/matrix.md`. */
export async function measureRecovery(_app: BenchApp, server: BenchServer): Promise<PartReport> {
  const matrix = await playMatrix(server);
  writeFileSync(FILE, renderMatrix(matrix));
  const worse = worseCells(matrix);
  for (const each of worse) console.error(`worse than by rules: ${each}`);
  const impacts = await measureImpact(server);
  const [basic] = impacts as [Impact];
  return {
    figures: [
      ...figuresOf(matrix),
      { name: 'recovery.worse', unit: 'cells', rounds: [worse.length], target: { atMost: 0 } },
      ...impacts.flatMap((impact) => impactFigures(impact, basic)),
    ],
    notes: worse,
  };
}

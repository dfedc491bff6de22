import type { IncidentRun } from './incident-run.ts';
import { byWhom } from './story.ts';

const HEAD = ['run', 'incident', 'recovered by', 'with', 'model calls', 'USD', 'ended'] as const;

function cellsOf(run: IncidentRun, index: number): string[] {
  const { incident, recoveries, calls, costUsd, status } = run;
  const sources = recoveries.map(({ source }) => byWhom(source)).join(', ');
  const actions = recoveries.map(({ action }) => action).join(', ');
  return [`${index + 1}`, `${incident}`, sources || '–', actions || '–', `${calls}`, costUsd, status];
}

/** The runs, a line each. Pure. */
export function tableOf(runs: readonly IncidentRun[]): string {
  const rows = [[...HEAD], ...runs.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

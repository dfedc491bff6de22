import { type Figure, isMet, median, type PartReport, type Target } from './figures.js';
import type { Machine } from './machine.js';

export interface Report {
  readonly date: string;
  readonly machine: Machine;
  readonly parts: Readonly<Record<string, PartReport>>;
}

const rounded = (value: number): number =>
  Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));

function bound(target: Target): string {
  if ('atMost' in target) return `≤ ${target.atMost}`;
  return target.aim === undefined ? `≥ ${target.atLeast}` : `≥ ${target.atLeast}, aim ${target.aim}`;
}

function row(figure: Figure): readonly string[] {
  const { name, unit, rounds, target } = figure;
  const spread = rounds.length > 1 ? `${rounded(Math.min(...rounds))} – ${rounded(Math.max(...rounds))}` : '';
  const verdict = target === undefined ? '' : isMet(figure) ? 'pass' : 'FAIL';
  const shown = target === undefined ? '' : bound(target);
  return [name, String(rounded(median(rounds))), spread, unit, shown, verdict];
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((cells) => (cells[column] ?? '').length)),
  );
  return rows
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The report for people: machine, figures (median and spread of their rounds), what to know about them. */
export function renderReport({ date, machine, parts }: Report): string {
  const { cpu, cores, ramGiB, system, node, postgres, fsync } = machine;
  const reports = Object.values(parts);
  const header = ['figure', 'median', 'min – max', 'unit', 'target', ''];
  return [
    `${date}  ${cpu}, ${cores} cores, ${ramGiB} GiB, ${system}`,
    `Node ${node}, PostgreSQL ${postgres} (${fsync})`,
    '',
    table([header, ...reports.flatMap(({ figures }) => figures.map(row))]),
    ...reports.flatMap(({ notes }) => notes.map((note) => `note: ${note}`)),
  ].join('\n');
}

/** The same for programs: all rounds, the median and whether the target is met. */
export function toJson({ parts, ...rest }: Report): object {
  const figures = Object.values(parts).flatMap((part) =>
    part.figures.map((figure) => ({ ...figure, median: median(figure.rounds), met: isMet(figure) })),
  );
  return { ...rest, figures, notes: Object.values(parts).flatMap(({ notes }) => notes) };
}

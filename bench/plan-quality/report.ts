import type { Quality } from './measure.js';

const share = (value: number | null | undefined): string =>
  value === null || value === undefined ? '–' : value.toFixed(3);

const HEADER = [
  ...['planner', 'requests', 'node-F1', 'edge-F1', 'exact', 'top 3', 'invalid'],
  ...['list 10', '20', '30', 'coverage', 'precision', 'ms p50', 'p99'],
];

function row({ planner, requests, shortlist, ms, ...quality }: Quality): readonly string[] {
  const { node, edge, exact, top3, invalid, coverage, precision } = quality;
  return [
    ...[planner, String(requests)],
    ...[node, edge, exact, top3, invalid].map(share),
    ...[shortlist?.at10, shortlist?.at20, shortlist?.at30].map(share),
    ...[coverage, precision].map(share),
    ...[ms.p50, ms.p99].map((value) => value.toFixed(2)),
  ];
}

/** A table for a terminal: names to the left, numbers to the right. */
export function renderTable(qualities: readonly Quality[]): string {
  const rows = [HEADER, ...qualities.map(row)];
  const widths = HEADER.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  return rows
    .map((cells) =>
      cells
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n');
}

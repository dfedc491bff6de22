import type { Harness } from './harness.js';
import type { RoundResult } from './play.js';

const MAX_LISTED = 30;

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** What happened, as a table, and what broke. */
export function printResults(
  { parts: { fleet, ledger, client, load, people } }: Harness,
  results: readonly RoundResult[],
): void {
  const rows = results.map(({ name, runs, faultSeconds, settleSeconds, broken }) => [
    ...[name, String(runs), faultSeconds.toFixed(1), settleSeconds.toFixed(1)],
    broken.length === 0 ? 'nothing' : String(broken.length),
  ]);
  console.log(`\n${table([['round', 'runs', 'faults s', 'settled s', 'broken'], ...rows])}\n`);
  const starts = [...fleet.startTimes].sort((a, b) => a - b);
  console.log(
    `${load.acknowledged.length} acknowledged runs; ${client.repeated} requests sent again; ${people.answered} answers of people; ` +
      `${ledger.calls.length} calls of the ledger, ${ledger.effects.size} effects; ` +
      `${starts.length} starts of processes, median ${(starts[starts.length >> 1] ?? 0).toFixed(0)} ms`,
  );
  const broken = results.flatMap((result) => result.broken);
  for (const { rule, detail } of broken.slice(0, MAX_LISTED)) console.log(`✗ ${rule}: ${detail}`);
  if (broken.length > MAX_LISTED) console.log(`… and ${broken.length - MAX_LISTED} more`);
}

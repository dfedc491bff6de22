import { EXECUTION_MODES, INTELLIGENCE_LEVELS } from '../../src/common/intelligence.js';
import { ERROR_CLASSES } from '../../src/tasks/domain/task-error.js';
import { type Cell, CELLS, KINDS, type Outcome } from './cells.js';
import { countsOf, type Matrix } from './matrix.js';

const PROVIDERS = ['none', 'good', 'random', 'hostile'] as const;
const MARKS: Readonly<Record<Outcome, string>> = { recovered: 'r', asked: 'a', failed: 'f' };

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

const outcomesOf = (
  matrix: Matrix,
  provider: (typeof PROVIDERS)[number],
  isMeant: (cell: Cell) => boolean,
): Outcome[] => CELLS.flatMap((cell, index) => (isMeant(cell) ? [matrix[provider][index] as Outcome] : []));

const counts = (outcomes: readonly Outcome[]): string => countsOf(outcomes).join(' / ');

/** The matrix for people: counts by level and mode, then every cell. */
export function renderMatrix(matrix: Matrix): string {
  const levels = INTELLIGENCE_LEVELS.flatMap((level) =>
    EXECUTION_MODES.map((mode) => [
      ...[level, mode],
      ...PROVIDERS.map((name) =>
        counts(outcomesOf(matrix, name, (cell) => cell.level === level && cell.mode === mode)),
      ),
    ]),
  );
  const kinds = KINDS.map((kind) => [
    ...[kind.name, kind.helps],
    ...PROVIDERS.map((name) => counts(outcomesOf(matrix, name, (cell) => cell.kind === kind))),
  ]);
  const all = ['all', '', ...PROVIDERS.map((name) => counts(matrix[name]))];
  return [
    '# Fault matrix',
    '',
    'Written by `npm run bench recovery`: 12 error classes × 6 kinds of task × 4 levels × 3 modes, each cell a real run,',
    'with no provider and with three scripted ones. Counts are recovered / asked / failed.',
    '',
    table(['level', 'mode', ...PROVIDERS], [...levels, all]),
    '',
    table(['kind', 'helps', ...PROVIDERS], kinds),
    '',
    '## Every cell',
    '',
    'r recovered, a asked, f failed; providers in the order none, good, random, hostile.',
    ...INTELLIGENCE_LEVELS.flatMap((level) =>
      EXECUTION_MODES.flatMap((mode) => ['', ...wholeOf(matrix, level, mode)]),
    ),
    '',
  ].join('\n');
}

function wholeOf(matrix: Matrix, level: string, mode: string): string[] {
  const rows = ERROR_CLASSES.map((errorClass) => [
    errorClass,
    ...KINDS.map((kind) => {
      const index = CELLS.findIndex(
        (cell) =>
          cell.errorClass === errorClass && cell.kind === kind && cell.level === level && cell.mode === mode,
      );
      return PROVIDERS.map((name) => MARKS[matrix[name][index] as Outcome]).join('');
    }),
  ]);
  return [`### ${level}, ${mode}`, '', table(['error', ...KINDS.map(({ name }) => name)], rows)];
}

import { isSameTime, validateAndQuote } from './check.js';
import { definitionOfTrace, readTraces } from './read-data.js';

const COUNTS = ['tasks', 'edges', 'depth', 'width'] as const;
const TIMES = ['criticalPathSeconds', 'serialSeconds'] as const;

/** Compares every trace's quote with what is known of it; answers the number of mismatches. */
export function checkTraces(folder: string): number {
  const rows = readTraces(folder).map((trace) => {
    const quote = validateAndQuote(definitionOfTrace(trace));
    const wrong = [
      ...COUNTS.filter((field) => quote[field] !== trace.expected[field]),
      ...TIMES.filter((field) => !isSameTime(quote[field], trace.expected[field])),
    ];
    const values = Object.fromEntries([...COUNTS, ...TIMES].map((field) => [field, quote[field]]));
    return { trace: trace.name, ...values, wrong: wrong.join(' ') || '-' };
  });
  console.log('Workflow traces');
  console.table(rows);
  return rows.filter((row) => row.wrong !== '-').length + (rows.length === 0 ? 1 : 0);
}

import { validateAndQuote } from '../../scripts/check-data/check.js';
import { layered } from '../definitions.js';
import type { Figure, PartReport } from '../figures.js';
import { waitUntilQuiet } from '../quiet.js';

const ROUNDS = 9;

function measure(name: string, definition: unknown, atMost: number): Figure {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    validateAndQuote(definition);
    return performance.now() - start;
  });
  return { name, unit: 'ms', rounds, target: { atMost } };
}

/** Validating and quoting a definition as `POST /definitions/validate` does, without its database and HTTP. */
export async function measureQuote(): Promise<PartReport> {
  const notes = await waitUntilQuiet('quote');
  const wait = { seconds: 1 };
  return {
    figures: [
      measure('quote.tasks2122', layered(2, 1_061, 'timer.wait', wait), 50),
      measure('quote.tasks10000', layered(200, 50, 'timer.wait', wait), 300),
    ],
    notes,
  };
}

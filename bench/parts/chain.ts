import type { BenchApp } from '../bench-app.js';
import { recordHandlerTimes, stopRecording } from '../bench-noop.task.js';
import { chain } from '../definitions.js';
import { median, type PartReport, quantile } from '../figures.js';
import { waitUntilQuiet } from '../quiet.js';
import { takeYardstick } from '../yardsticks.js';

const ROUNDS = 5;
const LENGTH = 200;

/** From the return of a parent's handler to the entry of its successor's: one commit lies between. */
async function handOvers(app: BenchApp, workflowId: string): Promise<number[]> {
  const { entered, left } = recordHandlerTimes();
  await app.executeRuns(workflowId, 1);
  stopRecording();
  if (entered.length !== LENGTH) throw new Error(`${entered.length} attempts in a chain of ${LENGTH}.`);
  return entered.slice(1).map((time, index) => time - (left[index] as number));
}

/** One run of 200 tasks in a row, each round beside the time of one small commit. */
export async function measureChain(app: BenchApp): Promise<PartReport> {
  const workflowId = await app.createWorkflow(chain(LENGTH));
  await handOvers(app, workflowId);
  const notes: string[] = [];
  const rounds: { p50: number; p95: number; ratio: number }[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    notes.push(...(await waitUntilQuiet(`chain, round ${round}`)));
    const { commitMs } = await takeYardstick(app.databaseUrl);
    const times = await handOvers(app, workflowId);
    const p50 = median(times);
    rounds.push({ p50, p95: quantile(times, 0.95), ratio: p50 / commitMs });
  }
  return {
    figures: [
      { name: 'chain.p50', unit: 'ms', rounds: rounds.map(({ p50 }) => p50) },
      { name: 'chain.p95', unit: 'ms', rounds: rounds.map(({ p95 }) => p95) },
      {
        name: 'chain.ratio',
        unit: 'raw commits (p50)',
        rounds: rounds.map(({ ratio }) => ratio),
        target: { atMost: 3 },
      },
    ],
    notes,
  };
}

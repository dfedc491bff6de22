import type { BenchApp } from '../bench-app.js';
import { layered } from '../definitions.js';
import type { PartReport } from '../figures.js';
import { waitUntilQuiet } from '../quiet.js';
import { takeYardstick, type Yardstick } from '../yardsticks.js';

const ROUNDS = 5;
const LARGE_ROUNDS = 3;
const RUNS = 50;
const LAYERS = 10;
const WIDTH = 20;
const LARGE_LAYERS = 100;
const LARGE_WIDTH = 100;

/** 50 runs of 200 tasks at once, each round beside a yardstick of its own, since the machine changes with time. */
export async function measureDag(app: BenchApp): Promise<PartReport> {
  const workflowId = await app.createWorkflow(layered(LAYERS, WIDTH));
  const tasks = RUNS * LAYERS * WIDTH;
  const notes: string[] = [];
  const yardsticks: Yardstick[] = [];
  const speeds: number[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    notes.push(...(await waitUntilQuiet(`dag, round ${round}`)));
    yardsticks.push(await takeYardstick(app.databaseUrl));
    speeds.push((tasks * 1000) / (await app.executeRuns(workflowId, RUNS)));
  }
  const raw = yardsticks.map(({ commitsPerSecond }) => commitsPerSecond);
  const ratios = speeds.map((speed, round) => speed / (raw[round] as number));
  return {
    figures: [
      { name: 'yardstick.commits16', unit: 'commits/s', rounds: raw },
      { name: 'yardstick.commit1', unit: 'ms', rounds: yardsticks.map(({ commitMs }) => commitMs) },
      { name: 'dag.speed', unit: 'tasks/s', rounds: speeds },
      { name: 'dag.ratio', unit: 'tasks per raw commit', rounds: ratios, target: { atLeast: 0.5, aim: 1 } },
    ],
    notes,
  };
}

/** One run of 10,000 tasks, compared with as many tasks in 50 runs measured right before it. */
export async function measureLarge(app: BenchApp): Promise<PartReport> {
  const small = await app.createWorkflow(layered(LAYERS, WIDTH));
  const large = await app.createWorkflow(layered(LARGE_LAYERS, LARGE_WIDTH));
  const notes: string[] = [];
  const speeds: number[] = [];
  const ratios: number[] = [];
  for (let round = 1; round <= LARGE_ROUNDS; round += 1) {
    notes.push(...(await waitUntilQuiet(`large, round ${round}`)));
    const manyMs = await app.executeRuns(small, RUNS);
    const oneMs = await app.executeRuns(large, 1);
    speeds.push((LARGE_LAYERS * LARGE_WIDTH * 1000) / oneMs);
    ratios.push(manyMs / oneMs);
  }
  return {
    figures: [
      { name: 'large.speed', unit: 'tasks/s', rounds: speeds },
      { name: 'large.toDag', unit: 'times dag.speed', rounds: ratios, target: { atLeast: 1 } },
    ],
    notes,
  };
}

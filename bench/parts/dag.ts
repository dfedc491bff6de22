import type { BenchApp } from '../bench-app.js';
import { layered } from '../definitions.js';
import type { PartReport } from '../figures.js';
import { waitUntilQuiet } from '../quiet.js';
import { takeYardstick, type Yardstick } from '../yardsticks.js';

const ROUNDS = 5;
const LARGE_ROUNDS = 5;
const RUNS = 50;
const LAYERS = 10;
const WIDTH = 20;
/** Of the same depth and, all together, the same width as the 50 runs. */
const LARGE = { layers: 10, width: 1_000 };
const DEEP = { layers: 100, width: 100 };

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

/** One run of 10,000 tasks, wide and deep, compared with as many tasks in 50 runs measured right before. */
export async function measureLarge(app: BenchApp): Promise<PartReport> {
  const many = await app.createWorkflow(layered(LAYERS, WIDTH));
  const large = await app.createWorkflow(layered(LARGE.layers, LARGE.width));
  const deep = await app.createWorkflow(layered(DEEP.layers, DEEP.width));
  const tasks = RUNS * LAYERS * WIDTH;
  const notes: string[] = [];
  const rounds: { large: number; deep: number; toDag: number; deepToDag: number }[] = [];
  for (let round = 1; round <= LARGE_ROUNDS; round += 1) {
    notes.push(...(await waitUntilQuiet(`large, round ${round}`)));
    const manyMs = await app.executeRuns(many, RUNS);
    const largeMs = await app.executeRuns(large, 1);
    const deepMs = await app.executeRuns(deep, 1);
    rounds.push({
      large: (tasks * 1000) / largeMs,
      deep: (tasks * 1000) / deepMs,
      toDag: manyMs / largeMs,
      deepToDag: manyMs / deepMs,
    });
  }
  return {
    figures: [
      { name: 'large.speed', unit: 'tasks/s', rounds: rounds.map((round) => round.large) },
      {
        name: 'large.toDag',
        unit: 'times dag.speed',
        rounds: rounds.map(({ toDag }) => toDag),
        target: { atLeast: 1 },
      },
      { name: 'deep.speed', unit: 'tasks/s', rounds: rounds.map((round) => round.deep) },
      { name: 'deep.toDag', unit: 'times dag.speed', rounds: rounds.map(({ deepToDag }) => deepToDag) },
    ],
    notes,
  };
}

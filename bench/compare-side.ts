// One build as compare.ts sees it: executes a round when it is told the name of its part, answers milliseconds.
import 'reflect-metadata';
import { BenchApp } from './bench-app.js';
import { recordHandlerTimes, stopRecording } from './bench-noop.task.js';
import { chain, layered } from './definitions.js';
import { median } from './figures.js';
import { measureQuote } from './parts/quote.js';

const CHAIN = 200;
const [databaseUrl = '', folder = '', without] = process.argv.slice(2);

const app = await BenchApp.start(databaseUrl, folder, { withModels: without !== '--without-models' });
const many = await app.createWorkflow(layered(10, 20));
const large = await app.createWorkflow(layered(10, 1_000));
const deep = await app.createWorkflow(layered(100, 100));
const row = await app.createWorkflow(chain(CHAIN));

async function handOver(): Promise<number> {
  const { entered, left } = recordHandlerTimes();
  await app.executeRuns(row, 1);
  stopRecording();
  return median(entered.slice(1).map((time, index) => time - (left[index] as number)));
}

async function quote(): Promise<number> {
  const { figures } = await measureQuote();
  return median(figures.at(-1)?.rounds ?? []);
}

const PARTS: Readonly<Record<string, () => Promise<number>>> = {
  dag: () => app.executeRuns(many, 50),
  large: () => app.executeRuns(large, 1),
  deep: () => app.executeRuns(deep, 1),
  chain: handOver,
  quote,
};

process.on('message', (part: string) => {
  const measure = PARTS[part];
  if (measure === undefined) return void app.close().then(() => process.exit(0));
  void measure().then((ms) => process.send?.(ms));
});
process.send?.('ready');

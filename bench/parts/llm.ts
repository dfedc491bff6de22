import { join } from 'node:path';
import { CACHE_MANAGER } from '@nestjs/cache-manager';
import type { Cache } from 'cache-manager';
import { OpenAI } from 'openai';
import { Ledger } from '../../src/llm/budget/ledger.service.js';
import { LlmService } from '../../src/llm/llm.service.js';
import { toOpenAiRequest } from '../../src/llm/providers/openai/to-request.js';
import { BenchApp } from '../bench-app.js';
import type { BenchServer } from '../bench-server.js';
import { type Figure, median, type PartReport, quantile } from '../figures.js';
import { ServerProcess } from '../llm/servers.js';
import { CachedWord, UncachedWord, type WordFunction, WordModule } from '../llm/word.function.js';
import { waitUntilQuiet } from '../quiet.js';
import { Side } from '../side.js';

const ROUNDS = 9;
const ALONE = 150;
const TOGETHER = 2_000;
const CONCURRENCY = 32;
const PAIRS = 15;
const MODEL = 'gpt-5-mini';
const TEXT = 'lorem ipsum dolor sit amet '.repeat(140);

/** Sends one request and waits for its answer. */
type Call = () => Promise<void>;

/** `finish`: waits for what a call leaves to be done. */
interface Contender {
  readonly call: Call;
  readonly finish?: () => Promise<void>;
}

async function alone({ call }: Contender): Promise<number> {
  const times: number[] = [];
  for (let count = 0; count < ALONE; count += 1) {
    const start = performance.now();
    await call();
    times.push(performance.now() - start);
  }
  return median(times);
}

/** Calls per second. */
async function together({ call, finish }: Contender): Promise<number> {
  let left = TOGETHER;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await call();
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  await finish?.();
  return TOGETHER / ((performance.now() - start) / 1000);
}

/** The bare SDK: the same request, one client, no retries. */
function bareCall(baseURL: string, headers: Record<string, string> = {}): Contender {
  const client = new OpenAI({
    apiKey: 'bench',
    baseURL,
    maxRetries: 0,
    logLevel: 'off',
    defaultHeaders: headers,
  });
  const request = toOpenAiRequest({
    model: MODEL,
    system: 'Answer with one word.',
    messages: [{ role: 'user', text: JSON.stringify({ text: TEXT }) }],
    maxOutputTokens: 100,
    output: {
      name: 'bench_word',
      schema: {
        type: 'object',
        additionalProperties: false,
        required: ['word'],
        properties: { word: { type: 'string' } },
      },
    },
  });
  const call = async () => {
    const answer = await client.responses.create(request as never);
    if (answer.status !== 'completed')
      throw new Error(`The mock answered ${JSON.stringify(answer).slice(0, 200)}`);
  };
  return { call };
}

function pipelineCall(app: BenchApp, fn: WordFunction, source: string): Contender {
  const llm = app.get(LlmService);
  const call = async () => {
    const answer = await llm.call(fn, { text: TEXT });
    if (answer.source !== source)
      throw new Error(`${answer.source}, not ${source}: ${answer.reason} ${answer.detail}`);
  };
  return { call, finish: () => app.get(Ledger).booked() };
}

/** Rounds of all contenders in turns, another one first each time. */
async function inTurns<Name extends string>(
  contenders: Readonly<Record<Name, Contender>>,
  measure: (contender: Contender) => Promise<number>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(contenders) as Name[];
  const rounds = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = -1; round < ROUNDS; round += 1) {
    await waitUntilQuiet('llm');
    for (let place = 0; place < names.length; place += 1) {
      const name = names[(place + round + 1) % names.length] as Name;
      // A connection that rested may have been closed by the other side.
      const { call } = contenders[name];
      await call().catch(() => call());
      const value = await measure(contenders[name]);
      if (round >= 0) rounds[name].push(value);
    }
  }
  return rounds;
}

const divided = (values: readonly number[], by: readonly number[]): number[] =>
  values.map((value, round) => value / (by[round] as number));

async function overhead(app: BenchApp, mock: ServerProcess, gateway: ServerProcess): Promise<Figure[]> {
  const bare = bareCall(`${mock.url}/v1`);
  const through = bareCall(`${gateway.url}/v1`, {
    'x-portkey-provider': 'openai',
    'x-portkey-custom-host': `${mock.url}/v1`,
  });
  const whole = pipelineCall(app, app.get(UncachedWord), 'model');
  // Everything compiled, on both sides: a server that has run for a while.
  for (const contender of [bare, whole, through, bare, whole, through]) await together(contender);
  const latency = await inTurns({ bare, whole, through }, alone);
  const speed = await inTurns({ bare, whole, through }, together);
  const added = latency.whole.map((value, round) => value - (latency.bare[round] as number));
  return [
    { name: 'llm.bare', unit: 'ms', rounds: latency.bare },
    { name: 'llm.pipeline', unit: 'ms', rounds: latency.whole },
    { name: 'llm.gateway', unit: 'ms', rounds: latency.through },
    { name: 'llm.added', unit: 'ms', rounds: added, target: { atMost: 2.5 } },
    { name: 'llm.bareSpeed', unit: 'calls/s', rounds: speed.bare },
    { name: 'llm.speed', unit: 'calls/s', rounds: speed.whole },
    { name: 'llm.gatewaySpeed', unit: 'calls/s', rounds: speed.through },
    { name: 'llm.toBare', unit: '×', rounds: divided(speed.whole, speed.bare), target: { atLeast: 0.5 } },
    { name: 'llm.toGateway', unit: '×', rounds: divided(speed.whole, speed.through), target: { atLeast: 1 } },
  ];
}

async function cached(app: BenchApp, mock: ServerProcess): Promise<Figure[]> {
  const fn = app.get(CachedWord);
  const before = await mock.requests();
  const llm = app.get(LlmService);
  await Promise.all(Array.from({ length: 1_000 }, () => llm.call(fn, { text: TEXT })));
  const requests = (await mock.requests()) - before;
  const hit = pipelineCall(app, fn, 'cache');
  const memory = app.get<Cache>(CACHE_MANAGER);
  const fromMemory: number[] = [];
  const fromDatabase: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await waitUntilQuiet('llm');
    fromMemory.push(await alone(hit));
    const times: number[] = [];
    for (let count = 0; count < ALONE; count += 1) {
      await memory.clear();
      const start = performance.now();
      await hit.call();
      times.push(performance.now() - start);
    }
    fromDatabase.push(quantile(times, 0.5));
  }
  return [
    { name: 'llm.l1', unit: 'ms', rounds: fromMemory, target: { atMost: 0.1 } },
    { name: 'llm.l2', unit: 'ms', rounds: fromDatabase, target: { atMost: 1.5 } },
    { name: 'llm.flight', unit: 'requests', rounds: [requests], target: { atMost: 1 } },
  ];
}

/** The engine with the module of models and no provider, against the engine without it, in turns. */
async function modelsOff(server: BenchServer): Promise<Figure> {
  const side = async (name: string, more: readonly string[]): Promise<Side> =>
    Side.start(process.cwd(), await server.createDatabase(name), join(server.folder, name), more);
  const without = await side('without_models', ['--without-models']);
  const off = await side('models_off', []);
  const times = { without: [] as number[], off: [] as number[] };
  for (let round = -2; round < PAIRS; round += 1) {
    await waitUntilQuiet('llm');
    const isOdd = round % 2 !== 0;
    const first = await (isOdd ? off : without).measure('dag');
    const second = await (isOdd ? without : off).measure('dag');
    if (round < 0) continue;
    times.off.push(isOdd ? first : second);
    times.without.push(isOdd ? second : first);
  }
  await Promise.all([without.stop(), off.stop()]);
  const ratio = median(times.off) / median(times.without);
  return { name: 'llm.off', unit: '×', rounds: [ratio], target: { atMost: 1.05 } };
}

/** What models cost besides their price: the pipeline, the cache, and the module when nothing is configured. */
export async function measureLlm(_app: BenchApp, server: BenchServer): Promise<PartReport> {
  const mock = await ServerProcess.startMock();
  const gateway = await ServerProcess.startGateway();
  const app = await BenchApp.start(await server.createDatabase('llm'), join(server.folder, 'llm'), {
    environment: {
      OPENAI_API_KEY: 'bench',
      OPENAI_BASE_URL: `${mock.url}/v1`,
      LLM_MODEL: MODEL,
      LLM_COST_BUDGET: '1000000',
    },
    modules: [WordModule],
  });
  try {
    const figures = [...(await overhead(app, mock, gateway)), ...(await cached(app, mock))];
    return { figures: [...figures, await modelsOff(server)], notes: [] };
  } finally {
    await app.close();
    await gateway.stop();
    await mock.stop();
  }
}

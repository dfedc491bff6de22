import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { EngineTest } from '../support/engine-test.js';
import { eventually } from '../support/eventually.js';
import { chatAnswer } from '../support/llm/answer-bodies.js';
import { json } from '../support/llm/answers.js';
import { ModelServer, type ReceivedRequest } from '../support/llm/model-server.js';
import { FaultyTypesModule } from '../support/faulty-types.module.js';
import { fullOr } from './full.js';
import { brokenRules, watch } from './invariants.js';
import { randomOf } from './model-answers.js';
import { Worker } from './worker.js';

/** Processes that are killed while models are asked about failures of their runs. */
const KILLS = fullOr({ full: 100, usual: 2 });
const RUNS_EACH = 8;
const ANSWER_MS = 40;

let engine: EngineTest;
let models: ModelServer;
let workflow: string;
const random = randomOf(2_026);
/** Requests about the failure of a run, by its word. */
const bought = new Map<string, number>();

function wordOf({ body }: ReceivedRequest): string {
  const { messages } = body as { messages: { role: string; content: string }[] };
  const { error } = JSON.parse(messages.find(({ role }) => role === 'user')?.content ?? '') as {
    error: { message: string };
  };
  return error.message;
}

beforeAll(async () => {
  models = await ModelServer.start();
  const says = { action: 'adjust_parameters', delaySeconds: 0, toAgentId: '', reason: 'Longer.' };
  const text = JSON.stringify({ ...says, parameters: [{ name: 'seconds', value: '10' }] });
  models.answer((request, response) => {
    const word = wordOf(request);
    bought.set(word, (bought.get(word) ?? 0) + 1);
    setTimeout(() => json(chatAnswer({ text, model: 'm' }))(request, response), ANSWER_MS * random());
  });
  // It only starts and reads runs: others execute them.
  engine = await EngineTest.start({ config: { role: 'api' }, modules: [FaultyTypesModule] });
  await watch(engine.query);
  const owner = { name: 'o', capabilities: ['*'], intelligenceLevel: 'adaptive', executionMode: 'adaptive' };
  const { body } = await engine.post('/agents', owner);
  const task = {
    ...{ taskId: 'step', taskType: 'ops.step', retry: { maxAttempts: 1 } },
    parameters: { message: '{{ run.input.word }}', cure: 'parameters' },
  };
  const definition = { tasks: [task] };
  workflow = (await engine.post('/workflows', { name: 'w', ownerAgentId: body.id, definition })).body
    .id as string;
});
afterAll(async () => {
  await engine.close();
  await models.close();
});

/** Letters only: each failure is another kind, so nothing is learned. */
const word = (index: number): string =>
  [...String(index)]
    .map((digit) => String.fromCharCode(97 + Number(digit)))
    .join('')
    .padStart(5, 'z');

it(
  `no call is bought twice when its process dies, and every run ends (${KILLS} kills)`,
  async () => {
    const { url: databaseUrl } = engine.test.database;
    const settings = { databaseUrl, runSlots: 16, taskSlots: 16, modelUrl: models.url };
    const runs: string[] = [];
    for (let kill = 0; kill <= KILLS; kill += 1) {
      const worker = await Worker.start(settings);
      const before = models.requests.length;
      for (let run = 0; run < RUNS_EACH; run += 1)
        runs.push(await engine.startWorkflow(workflow, { word: `Failure ${word(runs.length)}.` }));
      if (kill === KILLS) {
        await finish(runs);
        await worker.stop();
        break;
      }
      await eventually(() => models.requests.length > before, { withinMs: 20_000, what: 'A question' });
      await sleep(1.5 * ANSWER_MS * random());
      await worker.stop('SIGKILL');
    }
    const ends = await Promise.all(runs.map(async (id) => (await engine.get(`/runs/${id}`)).body));
    const lost = ends
      .flatMap(({ recoveries }) => recoveries)
      .filter(({ reason }) => reason.includes('before a crash'));
    console.log(
      `${KILLS} kills, ${runs.length} runs: ${models.requests.length} calls, ${lost.length} answers lost, ` +
        `${ends.filter(({ status }) => status === 'succeeded').length} recovered, the others ask a person`,
    );
    expect([...bought.values()].filter((times) => times > 1)).toEqual([]);
    // Of some the process died before the call went out.
    expect(bought.size).toBeLessThanOrEqual(runs.length);
    expect(bought.size).toBeGreaterThan(runs.length / 2);
    expect(lost.length).toBeGreaterThan(0);
    expect(await brokenRules(engine.query, runs)).toEqual([]);
  },
  fullOr({ full: 900_000, usual: 90_000 }),
);

/** All have succeeded, or ask a person. */
async function finish(runs: readonly string[]): Promise<void> {
  const isOver = `status = 'succeeded' or (status = 'waiting' and exists
    (select from tasks t where t.run_id = r.id and t.waiting_for = 'person'))`;
  await eventually(
    async () => {
      const text = `select id from runs r where id = any($1::uuid[]) and not (${isOver})`;
      return (await engine.query(text, [runs])).length === 0;
    },
    { withinMs: 30_000, what: 'The end of all runs' },
  );
}

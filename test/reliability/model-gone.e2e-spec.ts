import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { chatAnswer } from '../support/llm/answer-bodies.js';
import { json } from '../support/llm/answers.js';
import { type Answer, ModelServer } from '../support/llm/model-server.js';
import { FaultyTypesModule } from '../support/faulty-types.module.js';
import { modelBehind, testLlmSettings } from '../support/test-app.js';
import { useEngine } from '../support/use-engine.js';
import { fullOr } from './full.js';
import { randomOf } from './model-answers.js';

/** Runs in which the model goes away, a third for each reason; as many more start while it is away. */
const RUNS = fullOr({ full: 200, usual: 18 });
const WAVE = 3;
const ANSWER_MS = 60;

const random = randomOf(77);
let models: ModelServer;
beforeAll(async () => {
  models = await ModelServer.start();
});
const engine = useEngine(() => ({
  config: { llm: testLlmSettings(modelBehind(models.url)) },
  modules: [FaultyTypesModule],
}));
afterAll(() => models.close());

const TEXT = JSON.stringify({
  ...{ action: 'adjust_parameters', delaySeconds: 0, toAgentId: '', reason: 'Longer.' },
  parameters: [{ name: 'seconds', value: '10' }],
});
const underWay = new Set<ServerResponse>();
const answers: Answer = (request, response) => {
  underWay.add(response);
  response.once('close', () => underWay.delete(response));
  setTimeout(() => json(chatAnswer({ text: TEXT, model: 'm' }))(request, response), ANSWER_MS * random());
};
const resets: Answer = (_request, response) => void response.socket?.destroy();

/** How a model goes away; answers how it comes back. */
const WAYS: Readonly<Record<string, (ownerId: string) => Promise<() => Promise<void>>>> = {
  'the switch is turned off': async () => {
    await turn({ enabled: false });
    return () => turn({ enabled: true });
  },
  'the budget is empty': async (ownerId) => {
    await put(ownerId, { budgetUsd: '0' });
    return () => put(ownerId, { budgetUsd: null });
  },
  // Last: its breaker stays open for a while.
  'the provider is killed': () => {
    models.answer(resets);
    for (const response of underWay) response.socket?.destroy();
    return Promise.resolve(() => Promise.resolve(models.answer(answers)));
  },
};

async function turn(setting: { readonly enabled: boolean }): Promise<void> {
  const { status } = await engine.test.http('PUT', '/api/v1/features/dynamic_inference', setting);
  expect(status).toBe(200);
}

async function put(ownerId: string, changes: object): Promise<void> {
  const { status } = await engine.test.http('PUT', `/api/v1/agents/${ownerId}/intelligence`, changes);
  expect(status).toBe(200);
}

let count = 0;
/** Letters only: each failure is another kind, so nothing is learned. */
const nextWord = (): string =>
  [...String((count += 1))]
    .map((digit) => String.fromCharCode(97 + Number(digit)))
    .join('')
    .padStart(5, 'y');

describe('a model that goes away at any moment', () => {
  const all = new Set<string>();

  it.each(Object.keys(WAYS))(
    'leaves every run at an end or with a person: %s',
    async (way) => {
      const fields = {
        name: way,
        capabilities: ['*'],
        intelligenceLevel: 'autonomous',
        executionMode: 'adaptive',
      };
      const ownerId = (await engine.post('/agents', fields)).body.id as string;
      const task = {
        ...{ taskId: 'step', taskType: 'ops.step', retry: { maxAttempts: 1 } },
        parameters: { message: '{{ run.input.word }}', cure: 'parameters' },
      };
      const body = { name: way, ownerAgentId: ownerId, definition: { tasks: [task] } };
      const workflow = (await engine.post('/workflows', body)).body.id as string;
      const start = () =>
        Promise.all(
          Array.from({ length: WAVE }, () =>
            engine.startWorkflow(workflow, { word: `Failure ${nextWord()}.` }),
          ),
        );
      const ends: Record<string, number> = {};
      for (let done = 0; done < Math.ceil(RUNS / 3); done += WAVE) {
        models.answer(answers);
        const before = models.requests.length;
        const runs = await start();
        await firstQuestion(before);
        await moment(done / WAVE);
        const comeBack = await (WAYS[way] as (typeof WAYS)[string])(ownerId);
        runs.push(...(await start()));
        for (const id of runs) {
          const end = await eventually(() => endOf(id), { withinMs: 20_000, what: `An end of run ${id}` });
          ends[end] = (ends[end] ?? 0) + 1;
          all.add(end);
        }
        await comeBack();
      }
      console.log(`${way}: ${JSON.stringify(ends)}`);
      // With models off a person is asked.
      expect(['asks a person', 'succeeded']).toEqual(expect.arrayContaining(Object.keys(ends)));
      const [open] = await engine.query(
        'select count(*)::integer as count from llm_interactions where settled_at is null',
      );
      expect(open).toEqual({ count: 0 });
    },
    fullOr({ full: 300_000, usual: 60_000 }),
  );

  it('and both were met', () => {
    expect([...all].sort()).toEqual(['asks a person', 'succeeded']);
  });
});

/** When it goes: by turns after all was answered, at once, or at any moment. */
async function moment(wave: number): Promise<void> {
  if (wave % 3 === 1) return;
  await sleep(wave % 3 === 0 ? 20 * ANSWER_MS : 1.5 * ANSWER_MS * random());
}

/** None comes while the breaker of the provider is open. */
async function firstQuestion(before: number): Promise<void> {
  for (let look = 0; look < 100 && models.requests.length === before; look += 1) await sleep(10);
}

async function endOf(runId: string): Promise<string | null> {
  const { body } = await engine.get(`/runs/${runId}`);
  if (body.status === 'succeeded' || body.status === 'failed') return body.status as string;
  const isAsked = body.recoveries.at(-1)?.action === 'ask_person' && body.tasksByStatus.waiting > 1;
  return isAsked ? 'asks a person' : null;
}

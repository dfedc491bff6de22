import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chatAnswer } from '../support/llm/answer-bodies.js';
import { json } from '../support/llm/answers.js';
import { ModelServer, type ReceivedRequest } from '../support/llm/model-server.js';
import { FaultyTypesModule } from '../support/faulty-types.module.js';
import { modelBehind, testLlmSettings } from '../support/test-app.js';
import { useEngine } from '../support/use-engine.js';
import { fullOr } from './full.js';

/** 20 faults in the full form: each word is another kind of failure, each cure is met with several words. */
const WORDS = [
  ...['alpha', 'bravo', 'charlie', 'delta', 'echo', 'foxtrot', 'golf', 'hotel', 'india', 'juliett'],
  ...['kilo', 'lima', 'mike', 'november', 'oscar', 'papa', 'quebec', 'romeo', 'sierra', 'tango'],
].slice(0, fullOr({ full: 20, usual: 4 }));
const CURES = ['parameters', 'time', 'agent', 'clearing'] as const;
type Cure = (typeof CURES)[number];
const cureOf = (word: string): Cure => CURES[WORDS.indexOf(word) % CURES.length] as Cure;

const RUNS = fullOr({ full: 1_000, usual: 60 });
const LAST = fullOr({ full: 200, usual: 20 });

/** A model that knows what helps. */
function wise({ body }: ReceivedRequest): object {
  const { messages } = body as { messages: { role: string; content: string }[] };
  const question = JSON.parse(messages.find(({ role }) => role === 'user')?.content ?? '') as {
    error: { message: string };
    agents?: { id: string }[];
  };
  const word = WORDS.find((each) => question.error.message.includes(each)) ?? '';
  const nothing = { delaySeconds: 0, parameters: [], toAgentId: '', reason: `Knows ${word}.` };
  return {
    parameters: { ...nothing, action: 'adjust_parameters', parameters: [{ name: 'seconds', value: '10' }] },
    time: { ...nothing, action: 'retry' },
    agent: { ...nothing, action: 'delegate', toAgentId: question.agents?.[0]?.id ?? '' },
    clearing: { ...nothing, action: 'compensate' },
  }[cureOf(word)];
}

let server: ModelServer;
beforeAll(async () => {
  server = await ModelServer.start();
  server.answer((request, response) =>
    json(chatAnswer({ text: JSON.stringify(wise(request)), model: 'm' }))(request, response),
  );
});
const engine = useEngine(() => ({
  config: {
    llm: testLlmSettings(modelBehind(server.url)),
  },
  modules: [FaultyTypesModule],
}));
afterAll(() => server.close());

describe('over a mix of faults that come again and again', () => {
  const workflows = new Map<string, string>();
  beforeAll(async () => {
    const settings = { capabilities: ['*'], intelligenceLevel: 'adaptive', executionMode: 'adaptive' };
    const { body: owner } = await engine.post('/agents', { name: 'owner', ...settings });
    const fields = { name: 'good', capabilities: ['ops.*'] };
    const { body: good } = await engine.post(`/agents/${owner.id}/children`, fields);
    for (const word of WORDS) {
      const task = {
        ...{ taskId: 'step', taskType: 'ops.step', agentId: owner.id, retry: { maxAttempts: 1 } },
        parameters: {
          message: `${word}: order {{ run.input.order }} of {{ run.input.host }}.example is stuck`,
          ...{ cure: '{{ run.input.cure }}', goodAgentId: good.id },
        },
        compensation: { taskType: 'ops.clear', parameters: {} },
      };
      const body = { name: word, ownerAgentId: owner.id, definition: { tasks: [task] } };
      workflows.set(word, (await engine.post('/workflows', body)).body.id as string);
    }
  });

  async function run(word: string, turn: number, cure: string = cureOf(word)) {
    const input = { order: 7_000 + 13 * turn, host: `host-${turn % 7}`, cure };
    return engine.startWorkflow(workflows.get(word) ?? '', input);
  }

  it(`models are hardly asked any more, and no run is lost (${RUNS} runs)`, async () => {
    const asked: number[] = [];
    const before = () => server.requests.length;
    let succeeded = 0;
    for (let turn = 0; turn < RUNS; turn += 1) {
      const start = before();
      // A fixed mix, in another order each round.
      const word = WORDS[(turn * 7 + Math.floor(turn / WORDS.length)) % WORDS.length] as string;
      const { status } = await engine.ended(await run(word, turn));
      if (status === 'succeeded') succeeded += 1;
      asked.push(before() - start);
    }
    const sum = (from: number, to?: number) => asked.slice(from, to).reduce((a, b) => a + b, 0);
    console.log(
      `${RUNS} runs over ${WORDS.length} faults: ${sum(0)} calls, of these ${sum(0, LAST)} in the first ${LAST}, ` +
        `${sum(-LAST)} in the last ${LAST}; ${succeeded} succeeded`,
    );
    expect(succeeded).toBe(RUNS);
    expect(sum(0, LAST)).toBeGreaterThanOrEqual(WORDS.length * 3);
    expect((sum(-LAST) * 100) / LAST).toBeLessThanOrEqual(2);
  });

  it('a rule that stops helping is one no more within ten uses', async () => {
    const word = WORDS[0] as string;
    const ruleOf = async () => {
      const { body } = await engine.get('/inference/rules?limit=200');
      return body.items.find(({ fingerprint }: { fingerprint: string }) => fingerprint.includes(word));
    };
    expect((await ruleOf()).status).toBe('active');
    let uses = 0;
    for (; uses < 10 && (await ruleOf()).status === 'active'; uses += 1) {
      const id = await run(word, 90_000 + uses, 'nothing');
      await engine.asked(id);
    }
    expect((await ruleOf()).status).toBe('demoted');
    expect(uses).toBeLessThanOrEqual(10);
  });
});

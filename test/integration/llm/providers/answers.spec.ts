import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  anthropicAnswer,
  answerFor,
  type AnswerParts,
  chatAnswer,
  geminiAnswer,
  openAiAnswer,
} from '../../../support/llm/answer-bodies.js';
import { json } from '../../../support/llm/answers.js';
import { aModelRequest, ask } from '../../../support/llm/model-request.js';
import { ModelServer } from '../../../support/llm/model-server.js';
import { VENDORS } from '../../../support/llm/vendors.js';

let server: ModelServer;
beforeAll(async () => void (server = await ModelServer.start()));
afterAll(() => server.close());

const answerWith = (parts: AnswerParts) =>
  server.answer((request, response) => json(answerFor(request.path, parts))(request, response));

describe.each(VENDORS)('$id', ({ id, path, create }) => {
  it('gives the text of an answer, how it ended and its id', async () => {
    answerWith({ text: 'Splendid — ünïcödé 🎉' });

    const result = await ask(create(server.url));

    expect(result.text).toBe('Splendid — ünïcödé 🎉');
    expect(result.finish.reason).toBe('stop');
    expect(result.requestId).toMatch(/^(resp|chatcmpl|msg|gemini)_1$/);
    expect(result.usage).toMatchObject({ inputTokens: 11, outputTokens: 7 });
    expect(server.requests.at(-1)?.path).toBe(path);
  });

  it('prefers the id in the headers', async () => {
    server.answer((request, response) =>
      json(answerFor(request.path), { 'x-request-id': 'req_7' })(request, response),
    );
    expect((await ask(create(server.url))).requestId).toBe('req_7');
  });

  it('says that an answer was cut off by its limit', async () => {
    answerWith({ text: '{"half":', finish: 'length' });
    const result = await ask(create(server.url));
    expect(result).toMatchObject({ text: '{"half":', finish: { reason: 'length' } });
  });

  it('takes a refusal as an answer that was billed', async () => {
    answerWith({ text: 'I cannot help with that.', finish: 'refusal' });
    const result = await ask(create(server.url));
    expect(result).toMatchObject({ text: 'I cannot help with that.', finish: { reason: 'refusal' } });
    expect(result.usage.outputTokens).toBe(7);
  });

  it('does not invent counts that were not given', async () => {
    answerWith({ usage: null });
    expect((await ask(create(server.url))).usage).toEqual({});
  });

  it('reads an answer of 2 MB whole', async () => {
    answerWith({ text: 'ä'.repeat(1_000_000) });
    expect((await ask(create(server.url))).text).toHaveLength(1_000_000);
  });

  it('takes the model it was made for', async () => {
    answerWith({});
    const model = create(server.url).languageModel('test-model');
    await model.generate(aModelRequest({ model: 'another' }), { signal: AbortSignal.timeout(10_000) });
    const { path: asked, body } = server.requests.at(-1)!;
    expect(id === 'google' ? asked : body).toEqual(
      id === 'google' ? path : expect.objectContaining({ model: 'test-model' }),
    );
  });

  it('counts at least the bytes it sends, and hardly more', async () => {
    answerWith({});
    const request = aModelRequest({
      system: 'Sei kurz – 🎉 "quoted"\n',
      messages: [{ role: 'user', text: 'ü'.repeat(500) }],
      temperature: 0.5,
      output: {
        name: 'out',
        schema: { type: 'object', properties: {}, required: [], additionalProperties: false },
      },
    });
    const provider = create(server.url);
    await ask(provider, request);
    const sent = Buffer.byteLength(server.requests.at(-1)!.text);
    const counted = provider.languageModel('test-model').requestBytes(request);
    expect(counted).toBeGreaterThanOrEqual(sent);
    expect(counted).toBeLessThan(sent + 80);
  });
});

const USAGE = [
  [
    'openai',
    openAiAnswer({
      usage: {
        input_tokens: 100,
        input_tokens_details: { cached_tokens: 30, cache_write_tokens: 20 },
        output_tokens: 60,
        output_tokens_details: { reasoning_tokens: 10 },
      },
    }),
    { inputTokens: 50, cachedInputTokens: 30, cacheWriteTokens: 20, outputTokens: 60, reasoningTokens: 10 },
  ],
  [
    'openai-compatible',
    chatAnswer({
      usage: {
        prompt_tokens: 100,
        prompt_tokens_details: { cached_tokens: 30 },
        completion_tokens: 60,
        completion_tokens_details: { reasoning_tokens: 10 },
      },
    }),
    { inputTokens: 70, cachedInputTokens: 30, outputTokens: 60, reasoningTokens: 10 },
  ],
  [
    'anthropic',
    anthropicAnswer({
      usage: {
        input_tokens: 100,
        cache_read_input_tokens: 30,
        cache_creation_input_tokens: 20,
        output_tokens: 60,
        output_tokens_details: { thinking_tokens: 10 },
      },
    }),
    { inputTokens: 100, cachedInputTokens: 30, cacheWriteTokens: 20, outputTokens: 60, reasoningTokens: 10 },
  ],
  [
    'google',
    geminiAnswer({
      usage: {
        promptTokenCount: 100,
        cachedContentTokenCount: 30,
        candidatesTokenCount: 50,
        thoughtsTokenCount: 10,
        totalTokenCount: 160,
      },
    }),
    { inputTokens: 70, cachedInputTokens: 30, outputTokens: 60, reasoningTokens: 10 },
  ],
] as const;

it.each(USAGE)('%s: puts every token into one class', async (id, body, expected) => {
  server.answer(json(body));
  const provider = VENDORS.find((vendor) => vendor.id === id)!.create(server.url);
  expect((await ask(provider)).usage).toEqual(expected);
});

it('google: takes a blocked prompt as a refusal', async () => {
  server.answer(
    json({ promptFeedback: { blockReason: 'PROHIBITED_CONTENT' }, usageMetadata: { promptTokenCount: 9 } }),
  );
  const provider = VENDORS.find(({ id }) => id === 'google')!.create(server.url);
  expect(await ask(provider)).toEqual({
    text: '',
    finish: { reason: 'refusal', raw: 'PROHIBITED_CONTENT' },
    usage: { inputTokens: 9 },
    requestId: null,
  });
});

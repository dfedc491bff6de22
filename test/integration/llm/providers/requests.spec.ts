import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { propagation, trace } from '@opentelemetry/api';
import { answerFor, geminiAnswer } from '../../../support/llm/answer-bodies.js';
import { json } from '../../../support/llm/answers.js';
import { aModelRequest, ask } from '../../../support/llm/model-request.js';
import { ModelServer, type ReceivedRequest } from '../../../support/llm/model-server.js';
import { KEY, VENDORS } from '../../../support/llm/vendors.js';

let server: ModelServer;
beforeAll(async () => void (server = await ModelServer.start()));
afterAll(() => server.close());
beforeEach(() => server.answer((request, response) => json(answerFor(request.path))(request, response)));

const vendor = (id: string) => VENDORS.find((one) => one.id === id)!;

async function sentBy(id: string, request = aModelRequest()): Promise<ReceivedRequest> {
  await ask(vendor(id).create(server.url), request);
  return server.requests.at(-1)!;
}

const SCHEMA = {
  type: 'object',
  properties: { name: { type: 'string', minLength: 1, maxLength: 5 }, kind: { type: 'string', const: 'a' } },
  required: ['name', 'kind'],
  additionalProperties: false,
};
const FULL = aModelRequest({
  messages: [
    { role: 'user', text: 'One.' },
    { role: 'assistant', text: 'Two.' },
    { role: 'user', text: 'Three.' },
  ],
  temperature: 0.2,
  output: { name: 'plan', schema: SCHEMA },
});
const WITHOUT_LENGTHS = {
  ...SCHEMA,
  properties: { name: { type: 'string' }, kind: { type: 'string', const: 'a' } },
};

describe('what is sent', () => {
  it('openai: Responses API, strict, not stored, at the standard price', async () => {
    expect((await sentBy('openai', FULL)).body).toEqual({
      model: 'test-model',
      instructions: 'Answer in one word.',
      input: [
        { role: 'user', content: 'One.' },
        { role: 'assistant', content: 'Two.' },
        { role: 'user', content: 'Three.' },
      ],
      max_output_tokens: 200,
      temperature: 0.2,
      text: { format: { type: 'json_schema', name: 'plan', strict: true, schema: WITHOUT_LENGTHS } },
      store: false,
      service_tier: 'default',
    });
  });

  it('openai-compatible: chat.completions, nothing only OpenAI knows', async () => {
    expect((await sentBy('openai-compatible', FULL)).body).toEqual({
      model: 'test-model',
      messages: [
        { role: 'system', content: 'Answer in one word.' },
        { role: 'user', content: 'One.' },
        { role: 'assistant', content: 'Two.' },
        { role: 'user', content: 'Three.' },
      ],
      max_tokens: 200,
      temperature: 0.2,
      response_format: { type: 'json_schema', json_schema: { name: 'plan', strict: true, schema: SCHEMA } },
    });
  });

  it('anthropic: Messages API, without the temperature it no longer knows', async () => {
    expect((await sentBy('anthropic', FULL)).body).toEqual({
      model: 'test-model',
      max_tokens: 200,
      system: 'Answer in one word.',
      messages: [
        { role: 'user', content: 'One.' },
        { role: 'assistant', content: 'Two.' },
        { role: 'user', content: 'Three.' },
      ],
      output_config: { format: { type: 'json_schema', schema: WITHOUT_LENGTHS } },
    });
  });

  it('google: generateContent of v1beta, a constant as an enum, not stored', async () => {
    const { path, body } = await sentBy('google', FULL);
    expect(path).toBe('/v1beta/models/test-model:generateContent');
    expect(body).toEqual({
      systemInstruction: { role: 'user', parts: [{ text: 'Answer in one word.' }] },
      contents: [
        { role: 'user', parts: [{ text: 'One.' }] },
        { role: 'model', parts: [{ text: 'Two.' }] },
        { role: 'user', parts: [{ text: 'Three.' }] },
      ],
      generationConfig: {
        maxOutputTokens: 200,
        temperature: 0.2,
        responseMimeType: 'application/json',
        responseJsonSchema: {
          ...SCHEMA,
          properties: { name: { type: 'string' }, kind: { type: 'string', enum: ['a'] } },
        },
      },
      store: false,
    });
  });

  it.each(VENDORS)('$id: leaves out what was not asked for', async ({ id }) => {
    const { body } = await sentBy(id, aModelRequest({ system: null }));
    expect(JSON.stringify(body)).not.toMatch(/temperature|system|instructions|schema|null/i);
  });
});

describe('traps of the SDKs', () => {
  it('anthropic: asks for more than 21,333 tokens without streaming', async () => {
    expect((await sentBy('anthropic', aModelRequest({ maxOutputTokens: 64_000 }))).body).toMatchObject({
      max_tokens: 64_000,
    });
  });

  it('google: does not go on by itself after a part of an answer', async () => {
    const part = geminiAnswer({ text: 'A part' });
    const [candidate] = part.candidates;
    server.answer(
      json({
        ...part,
        candidates: [{ ...candidate, finishReason: 'CONTINUATION', continuationToken: 'bW9yZQ==' }],
      }),
      json(geminiAnswer({ text: ' and the rest' })),
    );
    const before = server.requests.length;

    const result = await ask(vendor('google').create(server.url));

    expect(result).toMatchObject({ text: 'A part', finish: { reason: 'length', raw: 'CONTINUATION' } });
    expect(server.requests).toHaveLength(before + 1);
  });

  it('anthropic: takes no part in the tracing of the process', async () => {
    const getTracer = jest.fn(() => trace.getTracer('never'));
    const inject = jest.fn();
    trace.setGlobalTracerProvider({ getTracer });
    propagation.setGlobalPropagator({ inject, extract: (context) => context, fields: () => ['traceparent'] });
    try {
      await sentBy('anthropic');
      expect(getTracer).not.toHaveBeenCalled();
      expect(inject).not.toHaveBeenCalled();
    } finally {
      trace.disable();
      propagation.disable();
    }
  });
});

describe('the environment', () => {
  const saved = { ...process.env };
  afterEach(() => {
    for (const name of Object.keys(ENVIRONMENT)) {
      if (saved[name] === undefined) delete process.env[name];
      else process.env[name] = saved[name];
    }
  });

  const elsewhere = 'http://127.0.0.1:9';
  const ENVIRONMENT = {
    OPENAI_API_KEY: 'wrong',
    OPENAI_ADMIN_KEY: 'wrong',
    OPENAI_ORG_ID: 'org-wrong',
    OPENAI_PROJECT_ID: 'proj-wrong',
    OPENAI_BASE_URL: elsewhere,
    OPENAI_CUSTOM_HEADERS: 'Authorization: Bearer wrong\nX-Wrong: 1',
    OPENAI_LOG: 'debug',
    ANTHROPIC_API_KEY: 'wrong',
    ANTHROPIC_AUTH_TOKEN: 'wrong',
    ANTHROPIC_BASE_URL: elsewhere,
    ANTHROPIC_CUSTOM_HEADERS: 'Authorization: Bearer wrong\nX-Wrong: 1\nanthropic-version: 2023-06-01',
    ANTHROPIC_PROFILE: 'wrong',
    ANTHROPIC_LOG: 'debug',
    GOOGLE_API_KEY: 'wrong',
    GOOGLE_GENAI_USE_VERTEXAI: 'true',
    GOOGLE_GENAI_USE_ENTERPRISE: 'true',
    GOOGLE_GENAI_API_VERSION: 'v9',
    GOOGLE_GEMINI_BASE_URL: elsewhere,
    GOOGLE_VERTEX_BASE_URL: elsewhere,
    GOOGLE_CLOUD_PROJECT: 'wrong',
    GOOGLE_CLOUD_LOCATION: 'wrong',
  };
  const USUAL = ['accept', 'connection', 'content-length', 'content-type', 'host'];
  const OWN: Readonly<Record<string, object>> = {
    openai: { authorization: `Bearer ${KEY}` },
    'openai-compatible': { authorization: `Bearer ${KEY}` },
    anthropic: { authorization: `Bearer ${KEY}`, 'anthropic-version': '2026-10-21' },
    google: { 'x-goog-api-key': KEY },
  };

  it.each(VENDORS)('$id: has no effect on a call, and nothing is printed', async ({ id, path }) => {
    Object.assign(process.env, ENVIRONMENT);
    const printed = (['log', 'debug', 'info', 'warn', 'error'] as const).map((name) =>
      jest.spyOn(console, name).mockReturnValue(undefined),
    );
    const sent = await sentBy(id);
    expect(sent.path).toBe(path);
    expect(sent.headers).toMatchObject(OWN[id]!);
    expect(Object.keys(sent.headers).sort()).toEqual([...USUAL, ...Object.keys(OWN[id]!)].sort());
    for (const spy of printed) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  });

  it('openai-compatible: sends no key where there is none', async () => {
    Object.assign(process.env, ENVIRONMENT);
    const { OpenAiCompatibleProvider } =
      await import('../../../../src/llm/providers/openai-compatible/openai-compatible.provider.js');
    const { llmConfig } = await import('../../../support/llm/llm-config.js');
    const settings = { apiKey: null, baseUrl: `${server.url}/v1`, price: null };
    await ask(new OpenAiCompatibleProvider(llmConfig({ openaiCompatible: settings })));
    expect(server.requests.at(-1)?.headers.authorization).toBeUndefined();
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { LLMock } from '@copilotkit/aimock';
import { aModelRequest, ask, failureOf } from '../../../support/llm/model-request.js';
import { VENDORS } from '../../../support/llm/vendors.js';

// A stranger's idea of the wire formats: what it answers was written without any knowledge of what is read here.
const mock = new LLMock({ host: '127.0.0.1', port: 0, logLevel: 'silent' });
beforeAll(() => mock.start());
afterAll(() => mock.stop());
afterEach(() => {
  mock.clearFixtures();
});

const SCHEMA = {
  type: 'object',
  properties: { colour: { type: 'string' } },
  required: ['colour'],
  additionalProperties: false,
};

describe.each(VENDORS)('$id', ({ create }) => {
  it('understands an answer of text', async () => {
    mock.onMessage('How are you?', { content: 'Quite well.' });
    const result = await ask(create(mock.url));
    expect(result).toMatchObject({ text: 'Quite well.', finish: { reason: 'stop' } });
    expect(result.usage.outputTokens).toEqual(expect.any(Number));
  });

  it('says who it is and what it asks in a way that is understood, and reads JSON', async () => {
    const match = { userMessage: 'Which colour?', systemMessage: 'Answer in one word.' };
    mock.on(match, { content: '{"colour":"red"}' });
    const request = aModelRequest({
      messages: [{ role: 'user', text: 'Which colour?' }],
      output: { name: 'colour', schema: SCHEMA },
    });
    expect((await ask(create(mock.url), request)).text).toBe('{"colour":"red"}');
  });

  it.each([
    [429, 'rate_limited'],
    [529, 'overloaded'],
    [500, 'server_error'],
  ] as const)('understands %i', async (status, kind) => {
    mock.nextRequestError(status, { message: 'Not now.', type: 'some_error' });
    const error = await failureOf(ask(create(mock.url)));
    expect(error).toMatchObject({ kind, status });
    expect(error.message).toContain('Not now.');
  });

  it('understands when to ask again', async () => {
    mock.onMessage('How are you?', { error: { message: 'Too many.' }, status: 429, retryAfter: 17 });
    expect((await failureOf(ask(create(mock.url)))).retryAfterMs).toBe(17_000);
  });
});

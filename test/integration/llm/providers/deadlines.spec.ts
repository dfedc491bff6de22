import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { getEventListeners } from 'node:events';
import { answerFor } from '../../../support/llm/answer-bodies.js';
import { json, stalledBody, stalledHeaders } from '../../../support/llm/answers.js';
import { ask, aModelRequest, failureOf } from '../../../support/llm/model-request.js';
import { ModelServer } from '../../../support/llm/model-server.js';
import { VENDORS } from '../../../support/llm/vendors.js';

let server: ModelServer;
beforeAll(async () => {
  server = await ModelServer.start();
  server.answer((request, response) => json(answerFor(request.path))(request, response));
  // Each SDK is loaded by its first call, which takes longer than the deadlines below.
  for (const vendor of VENDORS) await ask(vendor.create(server.url));
});
afterAll(() => server.close());

const unhandled: unknown[] = [];
const note = (reason: unknown) => void unhandled.push(reason);
beforeAll(() => void process.on('unhandledRejection', note));
afterAll(() => void process.off('unhandledRejection', note));
beforeEach(() => void (unhandled.length = 0));

const STALLS = [
  ['before the headers', stalledHeaders],
  ['inside the body', stalledBody('{"id":"resp_1",')],
  ['inside the body of a failure', stalledBody('{"error":', 429)],
] as const;

describe.each(VENDORS)('$id', ({ create }) => {
  it.each(STALLS)('gives up at its deadline when an answer stalls %s', async (_, answer) => {
    server.answer(answer);
    const start = performance.now();

    const error = await failureOf(ask(create(server.url), aModelRequest(), AbortSignal.timeout(150)));

    expect(error).toMatchObject({ kind: 'timeout', billed: 'unknown', retryable: false });
    expect(performance.now() - start).toBeLessThan(600);
  });

  it.each(STALLS)('ends at once when it is aborted while an answer stalls %s', async (_, answer) => {
    const controller = new AbortController();
    let abortedAt = Infinity;
    server.answer((request, response) => {
      answer(request, response);
      setTimeout(() => {
        abortedAt = performance.now();
        controller.abort();
      }, 50);
    });

    const error = await failureOf(ask(create(server.url), aModelRequest(), controller.signal));

    expect(error.kind).toBe('aborted');
    expect(performance.now() - abortedAt).toBeLessThan(150);
    await new Promise((resolve) => setImmediate(resolve));
    expect(unhandled).toEqual([]);
  });

  it('closes the connection of a call that was given up', async () => {
    const closed = new Promise<void>((resolve) =>
      server.answer((_, response) => void response.on('close', resolve)),
    );
    await failureOf(ask(create(server.url), aModelRequest(), AbortSignal.timeout(100)));
    await closed;
  });

  it('sends nothing once its signal has aborted, so nothing is billed', async () => {
    const before = server.requests.length;
    const error = await failureOf(ask(create(server.url), aModelRequest(), AbortSignal.abort()));
    expect(error).toMatchObject({ kind: 'aborted', billed: 'no' });
    expect(server.requests).toHaveLength(before);
  });

  it('leaves no listener behind on a signal that outlives the call', async () => {
    server.answer((request, response) => json(answerFor(request.path))(request, response));
    const { signal } = new AbortController();
    await ask(create(server.url), aModelRequest(), signal);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

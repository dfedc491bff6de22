import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { callModel, type ModelCall } from '../../../../src/llm/providers/http/call-model.js';
import { exchangeFetch } from '../../../../src/llm/providers/http/exchange.js';
import { json } from '../../../support/llm/answers.js';
import { failureOf } from '../../../support/llm/model-request.js';
import { ModelServer } from '../../../support/llm/model-server.js';

let server: ModelServer;
beforeAll(async () => {
  server = await ModelServer.start();
  server.answer(json({ text: 'Fine.' }));
});
afterAll(() => server.close());

function call(send: ModelCall['send'], signal = AbortSignal.timeout(10_000)) {
  const read = () =>
    ({ text: 'Fine.', finish: { reason: 'stop', raw: null }, usage: {}, requestId: null }) as const;
  return callModel({ provider: 'acme', secrets: [], headers: {}, signal, send, read });
}

it('lets no SDK ask a second time', async () => {
  const error = await failureOf(
    call(async () => {
      await exchangeFetch(server.url, { body: '{}' });
      return exchangeFetch(server.url, { body: '{}' });
    }),
  );
  expect(error.message).toBe('No answer of acme: its SDK wanted to ask a second time.');
  expect(server.requests).toHaveLength(1);
});

it('waits for no SDK that goes on after its signal has aborted', async () => {
  const start = performance.now();
  const never = () => new Promise<never>(() => undefined);
  const error = await failureOf(call(never, AbortSignal.timeout(100)));
  expect(error).toMatchObject({ kind: 'timeout', billed: 'no' });
  expect(performance.now() - start).toBeLessThan(400);
});

it('goes by the reason of the signal', async () => {
  const signal = AbortSignal.abort(new DOMException('late', 'TimeoutError'));
  expect((await failureOf(call(() => Promise.resolve(), signal))).kind).toBe('timeout');
  const other = AbortSignal.abort(new Error('TimeoutError'));
  expect((await failureOf(call(() => Promise.resolve(), other))).kind).toBe('aborted');
});

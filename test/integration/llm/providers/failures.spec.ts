import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { answerFor } from '../../../support/llm/answer-bodies.js';
import { html, json, reset, resetInBody, status, text } from '../../../support/llm/answers.js';
import { ask, failureOf } from '../../../support/llm/model-request.js';
import { ModelServer } from '../../../support/llm/model-server.js';
import { KEY, VENDORS } from '../../../support/llm/vendors.js';

let server: ModelServer;
beforeAll(async () => void (server = await ModelServer.start()));
afterAll(() => server.close());

describe.each(VENDORS)('$id', ({ id, create }) => {
  /** The failure, which came of exactly one request. */
  async function fail(apiKey?: string) {
    const before = server.requests.length;
    const error = await failureOf(ask(create(server.url, apiKey)));
    expect(server.requests.length - before).toBe(1);
    return error;
  }

  it.each([
    [429, 'rate_limited', true, 'no'],
    [500, 'server_error', true, 'unknown'],
    [502, 'server_error', true, 'unknown'],
    [503, 'overloaded', true, 'no'],
    [529, 'overloaded', true, 'no'],
    [400, 'bad_request', false, 'no'],
    [409, 'bad_request', false, 'no'],
    [413, 'bad_request', false, 'no'],
    [422, 'bad_request', false, 'no'],
    [401, 'unauthorized', false, 'no'],
    [403, 'unauthorized', false, 'no'],
    [404, 'not_found', false, 'no'],
  ] as const)('%i is %s, asked once', async (code, kind, retryable, billed) => {
    server.answer(status(code, undefined, { 'x-request-id': 'req_8' }));
    const error = await fail();
    expect(error).toMatchObject({ kind, retryable, billed, status: code, requestId: 'req_8' });
    expect(error.message).toBe(`${id} answered ${code}: Said with ${code}.`);
  });

  it.each([
    ['2', 2000],
    ['3600', 3_600_000],
  ])('says when to ask again after retry-after: %s, and does not wait for it', async (after, expected) => {
    server.answer(status(429, undefined, { 'retry-after': after }));
    expect((await fail()).retryAfterMs).toBe(expected);
  });

  it('says nothing of when to ask again where the provider does not', async () => {
    server.answer(status(429));
    expect((await fail()).retryAfterMs).toBeUndefined();
  });

  it('says the status alone where there is no readable body', async () => {
    server.answer(status(503, '<html>busy</html>', { 'content-type': 'text/html' }));
    expect(await fail()).toMatchObject({ kind: 'overloaded', status: 503 });
  });

  it.each([
    ['before an answer', reset],
    ['inside the body', resetInBody('{"id":"')],
  ])('a connection that breaks %s is a connection failure, perhaps billed', async (_, answer) => {
    server.answer(answer);
    const error = await fail();
    expect(error).toMatchObject({ kind: 'connection', retryable: true, billed: 'unknown' });
  });

  it('a server that is not there was not billed for', async () => {
    const gone = await ModelServer.start();
    const { url } = gone;
    await gone.close();
    const error = await failureOf(ask(create(url)));
    expect(error).toMatchObject({ kind: 'connection', billed: 'no' });
    expect(error.message).toBe(`The connection to ${id} failed: ECONNREFUSED`);
  });

  it.each([
    ['HTML', html],
    ['{}', json({})],
    ['null', json(null)],
    ['a text in JSON', json('Fine.')],
    ['a list', json([])],
    ['the shape of nobody', json({ answer: 'Fine.', id: 'x', type: 'message' })],
    ['JSON that was cut off', text('{"id":"resp_1","outp', { 'content-type': 'application/json' })],
    ['nothing', text('', { 'content-type': 'application/json' })],
    ['JSON that says it is text', text('{}', { 'content-type': 'text/plain' })],
    ['204', status(204, '')],
  ])('200 with %s is unreadable, perhaps billed', async (_, answer) => {
    server.answer(answer);
    expect(await fail()).toMatchObject({ kind: 'unreadable', retryable: false, billed: 'unknown' });
  });

  it('does not take an answer that says it is HTML, whatever is in it', async () => {
    server.answer((request, response) =>
      json(answerFor(request.path), { 'content-type': 'text/html' })(request, response),
    );
    expect((await fail()).message).toBe(`No answer of ${id}: it is not JSON but "text/html".`);
  });

  it('cuts off an answer of 5 MB', async () => {
    server.answer((request, response) =>
      json(answerFor(request.path, { text: 'x'.repeat(5 * 1024 * 1024) }))(request, response),
    );
    const error = await fail();
    expect(error.kind).toBe('unreadable');
    expect(error.message).toContain('more than 4194304 bytes');
  });

  it('follows no redirect, which would carry the key elsewhere', async () => {
    server.answer(status(307, '', { location: `${server.url}/elsewhere` }), json({}));
    const error = await fail();
    expect(error).toMatchObject({ kind: 'not_found', status: 307, billed: 'no' });
  });

  it('keeps the key out of what it says, also where the provider repeats it', async () => {
    const padding = 'p'.repeat(285);
    server.answer(status(401, JSON.stringify({ error: { message: `${padding} ${KEY} is wrong` } })));
    const error = await fail();
    expect(error.message).not.toContain('sk-');
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(KEY);
    expect(error.message.length).toBeLessThanOrEqual(`${id} answered 401: `.length + 300);
  });

  it('fails before it sends where a key cannot be sent', async () => {
    const before = server.requests.length;
    const error = await failureOf(ask(create(server.url, 'two\nlines')));
    expect(error).toMatchObject({ kind: 'bad_request', billed: 'no' });
    expect(error.message).not.toContain('two');
    expect(server.requests).toHaveLength(before);
  });
});

it('openai: a failure inside an answer with 200 may have been billed', async () => {
  const body = { id: 'resp_1', status: 'failed', error: { code: 'server_error', message: 'x' }, output: [] };
  server.answer(json(body));
  const error = await failureOf(ask(VENDORS[0]!.create(server.url)));
  expect(error).toMatchObject({ kind: 'server_error', billed: 'unknown' });
});

it('google: reads in the body when to ask again', async () => {
  const details = [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '37.5s' }];
  server.answer(status(429, JSON.stringify({ error: { code: 429, message: 'Quota.', details } })));
  const error = await failureOf(ask(VENDORS[3]!.create(server.url)));
  expect(error).toMatchObject({ kind: 'rate_limited', retryAfterMs: 37_500 });
  expect(error.message).toBe('google answered 429: Quota.');
});

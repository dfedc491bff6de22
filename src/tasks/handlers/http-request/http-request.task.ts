import { TaskError } from '../../domain/task-error.js';
import { done, type Done } from '../../domain/task-outcome.js';
import type { TaskContext, TaskHandler } from '../../domain/task-type.js';
import { TaskType } from '../../task-type.decorator.js';
import { checkUrl } from './check-url.js';
import { HttpClient } from './http-client.js';
import { afterEffect, exchangeTimeout, statusError, tooManyRedirects } from './http-errors.js';
import {
  httpRequestParameters,
  httpRequestResult,
  type HttpRequestParameters,
  type HttpRequestResult,
} from './http-request.schemas.js';
import { firstRequest, type OutgoingRequest } from './outgoing-request.js';
import { isRedirect, MAX_REDIRECTS, redirected } from './redirect.js';
import { requestEffect } from './request-effect.js';

@TaskType({
  name: 'http.request',
  description:
    'Sends an HTTP request and gives the answer, up to 8 MiB. Follows at most 5 redirects, without credentials to ' +
    'another origin. Private addresses are refused unless an operator opened them in HTTP_ALLOWED_HOSTS.',
  parameters: httpRequestParameters,
  result: httpRequestResult,
  effects: requestEffect,
  check: { url: checkUrl },
  defaultTimeoutSeconds: 310,
  planning: {
    synonyms: [
      'fetch',
      'get',
      'download',
      'retrieve',
      'call',
      'url',
      'api',
      'web',
      'page',
      'post',
      'put',
      'delete',
      'submit',
      'read',
      'load',
      'ping',
      'send',
      'upload',
    ],
    verbRequired: true,
    parameters: {
      body: { onlyWith: { parameter: 'method', in: ['POST', 'PUT', 'PATCH'] } },
      method: {
        words: {
          POST: ['post', 'submit', 'send', 'push'],
          PUT: ['put', 'upload'],
          PATCH: ['patch'],
          DELETE: ['delete', 'deleting', 'remove'],
        },
      },
    },
    yields: [{ field: 'body' }],
  },
  examples: [
    { title: 'Read a page', parameters: { url: 'https://example.com/' } },
    {
      title: 'Create something, safely repeatable',
      parameters: {
        url: 'https://httpbin.org/post',
        method: 'POST',
        body: { article: 'desk' },
        idempotencyHeader: 'Idempotency-Key',
      },
    },
    {
      title: 'Post where the server recognises no repetition',
      parameters: {
        url: 'https://httpbin.org/post',
        method: 'POST',
        body: { article: 'desk' },
        expectStatus: [200, 201],
      },
    },
  ],
})
export class HttpRequestTask implements TaskHandler<HttpRequestParameters, HttpRequestResult> {
  constructor(private readonly client: HttpClient) {}

  async execute(parameters: HttpRequestParameters, context: TaskContext): Promise<Done<HttpRequestResult>> {
    const expected = [parameters.expectStatus ?? []].flat();
    const first = firstRequest(parameters, context.idempotencyKey);
    const { request, answer, hadEffect } = await this.follow(first, expected, parameters, context);
    const isExpected =
      expected.length === 0 ? answer.status >= 200 && answer.status < 300 : expected.includes(answer.status);
    if (isExpected) return done(answer);
    const error = statusError(request, answer, context.now());
    throw hadEffect ? afterEffect(error) : error;
  }

  /** The last exchange of a chain of redirects. */
  private async follow(
    first: OutgoingRequest,
    expected: readonly number[],
    { timeoutSeconds }: HttpRequestParameters,
    context: TaskContext,
  ): Promise<{ request: OutgoingRequest; answer: HttpRequestResult; hadEffect: boolean }> {
    const deadline = AbortSignal.timeout(timeoutSeconds * 1000);
    const signal = AbortSignal.any([context.signal, deadline]);
    let request = first;
    let hadEffect = false;
    try {
      for (let redirects = 0; ; redirects += 1) {
        const answer = await this.client.exchange(request, signal);
        const location = answer.headers['location'];
        if (!isRedirect(answer.status) || location === undefined || expected.includes(answer.status)) {
          return { request, answer, hadEffect };
        }
        if (redirects === MAX_REDIRECTS) throw tooManyRedirects(request, MAX_REDIRECTS);
        const next = redirected(request, answer.status, location);
        hadEffect ||= next.method !== request.method;
        request = next;
      }
    } catch (error) {
      context.signal.throwIfAborted();
      if (deadline.aborted) throw exchangeTimeout(request, timeoutSeconds);
      throw hadEffect && error instanceof TaskError ? afterEffect(error) : error;
    }
  }
}

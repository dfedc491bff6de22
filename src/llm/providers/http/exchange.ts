import { AsyncLocalStorage } from 'node:async_hooks';
import { Agent, request } from 'undici';
import { ModelError } from '../../domain/model-failure.js';
import { connectionFailure, type FailureContext } from './read-failure.js';
import { readAtMost } from './read-at-most.js';

/** The longest answer any priced model gives is far below. */
export const MAX_ANSWER_BYTES = 4 * 1024 * 1024;
const MAX_ERROR_BYTES = 64 * 1024;
const JSON_CONTENT = /^application\/([\w.-]+\+)?json\s*(;|$)/i;

/** Node's own fetch gives up after 300 s without headers; the deadline of the call is the only one there is. */
const connections = new Agent({ headersTimeout: 0, bodyTimeout: 0, connect: { timeout: 10_000 } });

export interface ExchangeOptions {
  readonly provider: string;
  readonly secrets: readonly string[];
  readonly signal: AbortSignal;
  /** Besides the content type: the ones an SDK sets are dropped, since some come out of the environment. */
  readonly headers: Readonly<Record<string, string>>;
}

/** An answer that is all there: what `Response` would do besides is making a stream of it and reading that. */
class WholeAnswer extends Response {
  constructor(
    private readonly whole: Uint8Array,
    status: number,
    contentType: string,
  ) {
    super(null, { status, headers: { 'content-type': contentType } });
  }

  override readonly text = (): Promise<string> => Promise.resolve(new TextDecoder().decode(this.whole));
  override readonly json = async (): Promise<unknown> => JSON.parse(await this.text());
}

/**
 * One request of a model and its answer: `fetch` is for an SDK (`exchangeFetch`). It sends once, follows no redirect,
 * hands the answer over only when all of it is there, and no answer that is too large or no JSON.
 */
export class Exchange {
  /** What went wrong on the way; an SDK may wrap or lose it. */
  failure: ModelError | null = null;
  /** Of the answer, whatever its status. */
  headers: Headers | null = null;
  /** Whether the request went out, as far as is known here. */
  sent = false;

  constructor(private readonly options: ExchangeOptions) {}

  readonly fetch = async (url: string | URL | Request, init?: RequestInit): Promise<Response> => {
    try {
      return await this.exchange(String(url), init);
    } catch (error) {
      this.failure = error instanceof ModelError ? error : connectionFailure(error, this.context());
      throw this.failure;
    }
  };

  context(): FailureContext {
    const { provider, secrets } = this.options;
    return { provider, secrets, sent: this.sent, headers: this.headers, nowMs: Date.now() };
  }

  private async exchange(url: string, init: RequestInit = {}): Promise<Response> {
    if (this.sent) throw this.unreadable('its SDK wanted to ask a second time');
    this.sent = true;
    const { signal, headers } = this.options;
    const answer = await request(url, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
      body: String(init.body),
      signal,
      dispatcher: connections,
    });
    this.headers = toHeaders(answer.headers);
    const status = answer.statusCode;
    if (status >= 200 && status < 300) return this.success(status, answer.body);
    if (status > 599) throw this.unreadable(`its status is ${status}`);
    // Whatever of it can be read: the status alone says enough.
    const { bytes } = await readAtMost(answer.body, MAX_ERROR_BYTES);
    if (status < 400) throw this.redirected(status);
    return new Response(bytes, { status, headers: this.headers });
  }

  private async success(status: number, body: AsyncIterable<Uint8Array>): Promise<Response> {
    const contentType = this.headers?.get('content-type') ?? '';
    const { bytes, broken, more } = await readAtMost(body, MAX_ANSWER_BYTES);
    if (!JSON_CONTENT.test(contentType)) {
      throw this.unreadable(`it is not JSON but ${JSON.stringify(contentType.slice(0, 80))}`);
    }
    if (broken !== undefined) throw broken;
    if (more) throw this.unreadable(`it has more than ${MAX_ANSWER_BYTES} bytes`);
    if (bytes.length === 0) throw this.unreadable('it is empty');
    return new WholeAnswer(bytes, status, contentType);
  }

  private redirected(status: number): ModelError {
    const message = `${this.options.provider} answered ${status}, a redirect: set the final base address.`;
    return new ModelError({ kind: 'not_found', message, status });
  }

  private unreadable(why: string): ModelError {
    return new ModelError({ kind: 'unreadable', message: `No answer of ${this.options.provider}: ${why}.` });
  }
}

/** The exchange of the call under way. */
export const currentExchange = new AsyncLocalStorage<Exchange>();

/** For the client of an SDK that serves all calls: the exchange of the call in which it is used. */
export const exchangeFetch = async (url: string | URL | Request, init?: RequestInit): Promise<Response> => {
  const exchange = currentExchange.getStore();
  if (exchange === undefined) throw new Error('An SDK sends what nobody asked it to send.');
  return exchange.fetch(url, init);
};

function toHeaders(raw: Record<string, string | string[] | undefined>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(raw)) {
    for (const one of [value ?? []].flat()) headers.append(name, one);
  }
  return headers;
}

import { untilAborted } from '../../../common/until-aborted.js';
import { ModelError } from '../../domain/model-failure.js';
import type { ModelResult } from '../../domain/model-request.js';
import { currentExchange, Exchange, type ExchangeOptions } from './exchange.js';
import { readFailure, readRequestId } from './read-failure.js';

/** What `setTimeout` can wait at most, 24 days: SDKs insist on a time limit of their own. */
export const NO_TIME_LIMIT_MS = 2_147_483_647;

export interface ModelCall extends ExchangeOptions {
  /**
   * Sends the request through an SDK whose `fetch` is `exchangeFetch`, once; resolves to what the SDK makes of the
   * answer. The SDK needs no signal: its `fetch` ends with the one of the call, and a listener an SDK forgets would stay
   * on it.
   */
  readonly send: () => Promise<unknown>;
  /** Throws `ModelError` for what is no answer. */
  readonly read: (answer: unknown, requestId: string | null) => ModelResult;
}

/** One call of a model. Ends as soon as its signal aborts, whatever its SDK does. Throws `ModelError` and nothing else. */
export async function callModel({ send, read, ...options }: ModelCall): Promise<ModelResult> {
  const { signal, provider } = options;
  if (signal.aborted) throw abortFailure(signal, provider, 'no');
  const exchange = new Exchange(options);
  try {
    const answer = await untilAborted(currentExchange.run(exchange, send), signal);
    return read(answer, exchange.headers === null ? null : readRequestId(exchange.headers));
  } catch (error) {
    if (signal.aborted) throw abortFailure(signal, provider, exchange.sent ? 'unknown' : 'no');
    throw exchange.failure ?? readFailure(error, exchange.context());
  }
}

function abortFailure(signal: AbortSignal, provider: string, billed: 'no' | 'unknown'): ModelError {
  const reason: unknown = signal.reason;
  const late = reason instanceof DOMException && reason.name === 'TimeoutError';
  return late
    ? new ModelError({ kind: 'timeout', message: `${provider} did not answer in time.`, billed })
    : new ModelError({ kind: 'aborted', message: `The call of ${provider} was given up.`, billed });
}

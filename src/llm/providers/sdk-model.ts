import type { ModelRequest } from '../domain/model-request.js';
import { callModel, type ModelCall } from './http/call-model.js';
import { jsonBytes } from './json-bytes.js';
import type { LanguageModel } from './language-model-provider.js';

export interface SdkModelOptions<Sent> extends Pick<ModelCall, 'provider' | 'secrets' | 'headers' | 'read'> {
  /** The request in the words of the provider. Pure. */
  readonly convert: (request: ModelRequest) => Sent;
  /** Sends it through an SDK whose `fetch` is `exchangeFetch`, once; resolves to what the SDK makes of the answer. */
  readonly send: (sent: Sent) => Promise<unknown>;
}

/** A model that is asked through an SDK. */
export function sdkModel<Sent>({ convert, send, ...call }: SdkModelOptions<Sent>): LanguageModel {
  const converted = new WeakMap<ModelRequest, Sent>();
  const sentOf = (request: ModelRequest): Sent => {
    const known = converted.get(request);
    if (known !== undefined) return known;
    const sent = convert(request);
    converted.set(request, sent);
    return sent;
  };
  return {
    requestBytes: (request) => jsonBytes(sentOf(request)),
    generate: (request, { signal }) => callModel({ ...call, signal, send: () => send(sentOf(request)) }),
  };
}

import { TaskError } from '../../domain/task-error.js';
import type { HttpMethod, HttpRequestParameters } from './http-request.schemas.js';

/** One request as it goes out; a redirect turns it into the next one. Header names are in lower case. */
export interface OutgoingRequest {
  readonly url: URL;
  readonly method: HttpMethod;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

function invalid(message: string): TaskError {
  return new TaskError({ code: 'invalid_url', class: 'invalid_input', effect: 'none', message });
}

/** Refuses what is no absolute http(s) URL, or carries credentials (they would show in logs and redirects). */
export function checkedUrl(text: string, base?: URL): URL {
  const url = URL.parse(text, base?.href);
  if (url === null) throw invalid(`${JSON.stringify(text.slice(0, 200))} is not an absolute URL.`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw invalid(`The scheme ${JSON.stringify(url.protocol)} is not supported. Use http or https.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw invalid(`The URL of ${url.host} carries credentials. Send them in the "authorization" header.`);
  }
  url.hash = '';
  return url;
}

function withQuery(url: URL, query: HttpRequestParameters['query']): URL {
  for (const [name, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? value : [value]) url.searchParams.append(name, String(item));
  }
  return url;
}

/** Builds the first request. A key the caller set himself is never replaced. */
export function firstRequest(parameters: HttpRequestParameters, idempotencyKey: string): OutgoingRequest {
  const headers: Record<string, string> = { accept: '*/*', 'user-agent': 'tandem' };
  const { body } = parameters;
  if (body !== undefined) {
    headers['content-type'] = typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json';
  }
  const keyHeader = parameters.idempotencyHeader?.toLowerCase();
  if (keyHeader !== undefined) headers[keyHeader] = idempotencyKey;
  for (const [name, value] of Object.entries(parameters.headers)) headers[name.toLowerCase()] = value;
  headers['accept-encoding'] = 'gzip, deflate, br';
  return {
    url: withQuery(checkedUrl(parameters.url), parameters.query),
    method: parameters.method,
    headers,
    body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
  };
}

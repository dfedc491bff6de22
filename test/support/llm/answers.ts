import type { OutgoingHttpHeaders } from 'node:http';
import type { Answer } from './model-server.js';

const JSON_TYPE = { 'content-type': 'application/json' };

/** A whole answer of JSON. */
export function json(body: unknown, headers: OutgoingHttpHeaders = {}): Answer {
  return text(JSON.stringify(body), { ...JSON_TYPE, ...headers });
}

/** A whole answer of anything, with 200. */
export function text(body: string, headers: OutgoingHttpHeaders): Answer {
  return status(200, body, headers);
}

export const html: Answer = text('<html><body>Sign in to the guest network</body></html>', {
  'content-type': 'text/html; charset=utf-8',
});

/** A whole answer with this status; without a body, one in the shape all providers share. */
export function status(code: number, body?: string, headers: OutgoingHttpHeaders = {}): Answer {
  const shared = { error: { code, type: 'an_error', status: 'AN_ERROR', message: `Said with ${code}.` } };
  return (_, response) => {
    response.writeHead(code, { ...JSON_TYPE, ...headers }).end(body ?? JSON.stringify(shared));
  };
}

/** The request is read, and that is all. */
export const stalledHeaders: Answer = () => undefined;

/** The headers and the beginning of a body. */
export function stalledBody(beginning: string, code = 200): Answer {
  return (_, response) => {
    response.writeHead(code, JSON_TYPE).write(beginning);
  };
}

/** The connection breaks before an answer. */
export const reset: Answer = (_, response) => {
  response.socket?.resetAndDestroy();
};

/** The connection breaks inside the body. */
export function resetInBody(beginning: string): Answer {
  return (_, response) => {
    response.writeHead(200, JSON_TYPE).write(beginning, () => response.socket?.resetAndDestroy());
  };
}

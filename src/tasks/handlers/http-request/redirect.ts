import { checkedUrl, type OutgoingRequest } from './outgoing-request.js';

export const MAX_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const CREDENTIALS = /^(authorization|proxy-authorization|cookie)$|api-?key|token|secret/;
const ABOUT_THE_BODY = /^content-/;

export const isRedirect = (status: number): boolean => REDIRECTS.has(status);

function without(headers: OutgoingRequest['headers'], pattern: RegExp): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !pattern.test(name)));
}

/** Whether a redirect continues with GET (RFC 9110 15.4): always after 303, after 301 and 302 only for POST. */
function becomesGet(status: number, method: OutgoingRequest['method']): boolean {
  if (status === 303) return method !== 'GET' && method !== 'HEAD';
  return (status === 301 || status === 302) && method === 'POST';
}

/** The request a redirect asks for. Credentials do not follow to another origin. */
export function redirected(request: OutgoingRequest, status: number, location: string): OutgoingRequest {
  const url = checkedUrl(location, request.url);
  const headers = url.origin === request.url.origin ? request.headers : without(request.headers, CREDENTIALS);
  if (!becomesGet(status, request.method)) return { ...request, url, headers };
  return { url, method: 'GET', headers: without(headers, ABOUT_THE_BODY), body: null };
}

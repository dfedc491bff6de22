import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Agent, type Dispatcher, request as send } from 'undici';
import { guardedLookup, HttpAllowedHosts, isOpenedByName, refusePrivateLiteral } from './address-guard.js';
import { connectionError } from './http-errors.js';
import type { HttpRequestResult } from './http-request.schemas.js';
import type { OutgoingRequest } from './outgoing-request.js';
import { decodeBody, decompress, readBody } from './response-body.js';

const CONNECT_TIMEOUT_MS = 10_000;
/** Of a body that nobody reads: a connection that has more of it to come is closed. */
const MAX_DUMPED_BYTES = 64 * 1024;

/** Sends single requests, no redirects. Connections are reused; those to opened hosts are kept apart. */
@Injectable()
export class HttpClient implements OnApplicationShutdown {
  private readonly guarded = new Agent({ connect: { timeout: CONNECT_TIMEOUT_MS, lookup: guardedLookup() } });
  private readonly opened = new Agent({ connect: { timeout: CONNECT_TIMEOUT_MS } });

  constructor(private readonly allowedHosts: HttpAllowedHosts) {}

  /** The answer, whatever its status. Everything else is a TaskError, except that an abort throws its reason. */
  exchange(request: OutgoingRequest, signal: AbortSignal): Promise<HttpRequestResult> {
    return this.send(request, signal, async (answer) => {
      const headers = flatHeaders(answer.headers);
      const bytes = await decompress(await readBody(answer.body), headers['content-encoding']);
      return { status: answer.statusCode, headers, ...decodeBody(bytes, headers['content-type'] ?? '') };
    });
  }

  /** Only the status of the answer, whatever becomes of its body. Errors as of `exchange`. */
  statusOf(request: OutgoingRequest, signal: AbortSignal): Promise<number> {
    return this.send(request, signal, async ({ statusCode, body }) => {
      await body.dump({ limit: MAX_DUMPED_BYTES, signal }).catch(() => undefined);
      return statusCode;
    });
  }

  /** Not earlier: until then the engine drains, and requests under way may be answered. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.guarded.destroy(), this.opened.destroy()]);
  }

  private async send<T>(
    request: OutgoingRequest,
    signal: AbortSignal,
    read: (answer: Dispatcher.ResponseData) => Promise<T>,
  ): Promise<T> {
    try {
      const { url, ...options } = request;
      return await read(await send(url, { ...options, signal, dispatcher: this.agentFor(url) }));
    } catch (error) {
      signal.throwIfAborted();
      throw connectionError(request, error);
    }
  }

  private agentFor(url: URL): Agent {
    if (isOpenedByName(url, this.allowedHosts)) return this.opened;
    refusePrivateLiteral(url);
    return this.guarded;
  }
}

function flatHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  const flat = Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]);
  return Object.fromEntries(flat) as Record<string, string>;
}

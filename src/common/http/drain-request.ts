import type { IncomingMessage } from 'node:http';

/** What is read and dropped at most of a body that nobody wants; a client that sends more is cut off. */
const DRAINED_BYTES = 64 * 1024 * 1024;
const DRAIN_MS = 10_000;

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** Whether a part of the body may still come. */
export const isUnread = (request: IncomingMessage): boolean =>
  !request.complete && !request.destroyed && hasBody(request);

/**
 * Reads the rest of a request and drops it. A connection that is closed with bytes unread is reset, and a client that
 * sends its whole body before it reads loses the answer with it.
 */
export function drainRequest(request: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    let left = DRAINED_BYTES;
    const count = (bytes: Buffer): void => {
      left -= bytes.length;
      if (left < 0) finish();
    };
    const finish = (): void => {
      clearTimeout(timer);
      request.off('data', count).off('end', finish).off('close', finish).off('error', finish);
      resolve();
    };
    const timer = setTimeout(finish, DRAIN_MS);
    request.on('data', count).on('end', finish).on('close', finish).on('error', finish);
    request.resume();
  });
}

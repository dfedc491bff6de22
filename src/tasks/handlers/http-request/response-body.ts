import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { TaskError } from '../../domain/task-error.js';
import type { HttpRequestResult } from './http-request.schemas.js';

export const MAX_BODY_BYTES = 8 * 1024 * 1024;

export function responseTooLarge(): TaskError {
  return new TaskError({
    code: 'response_too_large',
    class: 'permanent',
    message: `The answer is larger than ${MAX_BODY_BYTES / 1024 / 1024} MiB. Ask for less, for example page by page.`,
  });
}

/** All bytes of a body, or an error as soon as there are too many. */
export async function readBody(body: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let total = 0;
  for await (const chunk of body) {
    total += chunk.length;
    if (total > MAX_BODY_BYTES) throw responseTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, total);
}

const DECODERS = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/** Undoes the content encoding; the size limit holds for what comes out. */
export async function decompress(bytes: Buffer, encoding: string | undefined): Promise<Buffer> {
  const name = encoding?.trim().toLowerCase() ?? 'identity';
  if (bytes.length === 0 || name === '' || name === 'identity') return bytes;
  if (!Object.hasOwn(DECODERS, name))
    throw unreadable(`its encoding ${JSON.stringify(name)} is not supported`);
  try {
    return await DECODERS[name as keyof typeof DECODERS](bytes, { maxOutputLength: MAX_BODY_BYTES });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw responseTooLarge();
    throw unreadable(`it is not ${name}, as it says`, error);
  }
}

function unreadable(reason: string, cause?: unknown): TaskError {
  return new TaskError({
    code: 'unreadable_response',
    class: 'permanent',
    message: `The answer cannot be read: ${reason}.`,
    cause,
  });
}

function decodeText(bytes: Buffer, contentType: string): string | null {
  const charset = /charset\s*=\s*"?([^";\s]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    const text = new TextDecoder(charset, { fatal: true }).decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}

/** Never fails: the exchange has happened, so what is no JSON stays text and what is no text becomes base64. */
export function decodeBody(
  bytes: Buffer,
  contentType: string,
): Pick<HttpRequestResult, 'body' | 'bodyEncoding'> {
  if (bytes.length === 0) return { body: null, bodyEncoding: 'none' };
  const text = decodeText(bytes, contentType);
  if (text === null) return { body: bytes.toString('base64'), bodyEncoding: 'base64' };
  if (/^\s*[a-z]+\/([a-z0-9.+-]*\+)?json\s*(;|$)/i.test(contentType)) {
    try {
      return { body: JSON.parse(text) as unknown, bodyEncoding: 'json' };
    } catch {
      return { body: text, bodyEncoding: 'text' };
    }
  }
  return { body: text, bodyEncoding: 'text' };
}

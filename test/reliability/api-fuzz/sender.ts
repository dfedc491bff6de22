import type { Readable } from 'node:stream';
import { Pool } from 'undici';
import type { Answer, SentRequest } from './sent-request.js';

/** How long a stream of events is listened to. */
const LISTEN_MS = 100;
/** Nothing asks for a wait of more than a second. */
const ANSWER_MS = 15_000;

async function read(body: Readable, isEndless: boolean): Promise<{ text: string; isCut: boolean }> {
  let isCut = false;
  const cut = (): void => {
    isCut = true;
    body.destroy();
  };
  const timer = isEndless ? setTimeout(cut, LISTEN_MS) : undefined;
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of body) chunks.push(chunk as Buffer);
  } catch (error) {
    if (!isCut) throw error;
  } finally {
    clearTimeout(timer);
  }
  return { text: Buffer.concat(chunks).toString('utf8'), isCut };
}

const flat = (headers: SentRequest['headers']): string[] => headers.flatMap(([name, value]) => [name, value]);

const joined = (headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]));

/** Sends requests as they are: no path is made normal, no header is added. Fails where no answer comes in time. */
export class Sender {
  private readonly pool: Pool;

  constructor(readonly base: string) {
    this.pool = new Pool(base, { connections: 8, headersTimeout: ANSWER_MS, bodyTimeout: ANSWER_MS });
  }

  async send({ method, target, headers, body }: SentRequest): Promise<Answer> {
    const answer = await this.pool.request({
      ...{ method: method as 'GET', path: target, headers: flat(headers), body },
    });
    const shown = joined(answer.headers);
    const isEndless = shown['content-type']?.startsWith('text/event-stream') === true;
    return { status: answer.statusCode, headers: shown, ...(await read(answer.body, isEndless)) };
  }

  close(): Promise<void> {
    return this.pool.destroy();
  }
}

import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/test-app.js';

const MIB = 1024 * 1024;
const ATTEMPTS = 5;

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp();
});
afterAll(() => test.close());

/** A client that reads nothing before it has sent everything: answers what it has read by the end of the connection. */
async function sendAll(head: readonly string[], body: Uint8Array): Promise<string> {
  const socket = connect(Number(new URL(test.base).port), '127.0.0.1');
  await once(socket, 'connect');
  const failed = once(socket, 'error').then(([error]) => Promise.reject(error as Error));
  const sent = new Promise<void>((resolve) => {
    socket.write(`${[...head, 'Host: localhost', 'Connection: close'].join('\r\n')}\r\n\r\n`);
    socket.end(body, () => resolve());
  });
  const closed = (async () => {
    await sent;
    let text = '';
    socket.on('data', (data: Buffer) => (text += data.toString()));
    await once(socket, 'end');
    return text;
  })();
  return Promise.race([closed, failed]);
}

const JSON_TYPE = 'Content-Type: application/json';
const chunked = (bytes: number): Buffer =>
  Buffer.concat([
    Buffer.from(`${bytes.toString(16)}\r\n`),
    Buffer.alloc(bytes, ' '),
    Buffer.from('\r\n0\r\n\r\n'),
  ]);

describe('a body that is not read to its end', () => {
  it.each<[string, readonly string[], Uint8Array, RegExp]>([
    [
      'too large by its length',
      ['POST /api/v1/agents HTTP/1.1', JSON_TYPE, `Content-Length: ${10 * MIB}`],
      Buffer.alloc(10 * MIB, ' '),
      /^HTTP\/1\.1 413 [^]*"code":"body_too_large"/,
    ],
    [
      'too large when it is counted',
      ['POST /api/v1/agents HTTP/1.1', JSON_TYPE, 'Transfer-Encoding: chunked'],
      chunked(10 * MIB),
      /^HTTP\/1\.1 413 [^]*"code":"body_too_large"/,
    ],
    [
      'of another type',
      ['POST /api/v1/agents HTTP/1.1', 'Content-Type: text/plain', `Content-Length: ${10 * MIB}`],
      Buffer.alloc(10 * MIB, ' '),
      /^HTTP\/1\.1 415 [^]*"code":"unsupported_media_type"/,
    ],
    [
      'for a route that is not there',
      ['POST /api/v1/nothing HTTP/1.1', 'Content-Type: text/plain', `Content-Length: ${10 * MIB}`],
      Buffer.alloc(10 * MIB, ' '),
      /^HTTP\/1\.1 404 [^]*"code":"route_not_found"/,
    ],
  ])('%s: its answer reaches a client that sends it all first', async (_, head, body, expected) => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1)
      expect(await sendAll(head, body)).toMatch(expected);
  });

  it('and never ends is cut off', async () => {
    const socket = connect(Number(new URL(test.base).port), '127.0.0.1');
    const ended = new Promise<void>((resolve) => {
      socket.on('error', () => resolve());
      socket.on('close', () => resolve());
    });
    socket.resume();
    socket.write(
      `POST /api/v1/agents HTTP/1.1\r\nHost: localhost\r\n${JSON_TYPE}\r\nTransfer-Encoding: chunked\r\n\r\n`,
    );
    const chunk = Buffer.from(`${MIB.toString(16)}\r\n${' '.repeat(MIB)}\r\n`);
    const send = (): void => void socket.write(chunk, (error) => (error ? undefined : send()));
    send();
    await ended;
    expect((await test.http('GET', '/health/live')).status).toBe(200);
  });
});

import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { checkServer, describeTarget } from './check-server.js';

const message = (type: string, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), length, body]);
};
const text = (value: string): Buffer => Buffer.from(`${value}\0`);
const READY = message('Z', Buffer.from('I'));

/** The row of `show server_version` (PostgreSQL protocol 3.0, message formats). */
function answer(version: string): Buffer {
  const column = Buffer.alloc(18);
  column.writeInt32BE(25, 6);
  const length = Buffer.alloc(4);
  length.writeInt32BE(version.length);
  const one = Buffer.from([0, 1]);
  return Buffer.concat([
    message('T', one, text('server_version'), column),
    message('D', one, length, Buffer.from(version)),
    message('C', text('SHOW')),
    READY,
  ]);
}

function refuse(code: string): Buffer {
  return message(
    'E',
    Buffer.from('S'),
    text('FATAL'),
    Buffer.from('C'),
    text(code),
    Buffer.from('M'),
    text('no'),
    text(''),
  );
}

describe('checking the PostgreSQL of DATABASE_URL', () => {
  let server: Server;
  afterEach(() => void server.close());

  /** Speaks as much of the protocol as the check needs. */
  async function serve(onStart: Buffer, onQuery: Buffer = READY): Promise<string> {
    server = createServer((socket: Socket) => {
      socket.on('error', () => undefined);
      socket.once('data', (request: Buffer) => {
        // SSLRequest, which asks whether there is TLS.
        if (request.length === 8) return void socket.write('N');
        socket.write(onStart);
        socket.on('data', (bytes) => (bytes[0] === 'Q'.charCodeAt(0) ? socket.write(onQuery) : socket.end()));
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `postgres://ada:hunter2@127.0.0.1:${(server.address() as { port: number }).port}/tandem`;
  }
  const GREETING = Buffer.concat([message('R', Buffer.alloc(4)), READY]);

  it('describes a server that can be used', async () => {
    const url = await serve(GREETING, answer('16.4 (Debian 16.4-1)'));
    await expect(checkServer(url)).resolves.toBe(`PostgreSQL 16.4 at ${describeTarget(url)}`);
  });

  it('refuses a server that is too old', async () => {
    const url = await serve(GREETING, answer('15.9'));
    await expect(checkServer(url)).rejects.toThrow('is version 15.9; Tandem needs 16 or newer. Upgrade it');
  });

  it.each([
    ['28P01', 'user or password is wrong'],
    ['3D000', 'there is no such database'],
  ])('says what %s means', async (code, reason) => {
    const url = await serve(refuse(code));
    await expect(checkServer(url)).rejects.toThrow(`${describeTarget(url)}: ${reason}`);
  });

  it.each<[string, (socket: Socket) => void]>([
    ['HTTP', (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['SSH', (socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n')],
    ['MySQL', (socket) => socket.write(Buffer.from([0x4a, 0, 0, 0, 0x0a, 0x38, 0x2e, 0x30, 0, 1, 1, 1, 1]))],
    ['who hangs up', (socket) => socket.end()],
    ['who resets', (socket) => socket.resetAndDestroy()],
  ])('says that %s is not PostgreSQL', async (_, answerTo) => {
    server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => answerTo(socket));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    await expect(checkServer(`postgres://ada:hunter2@127.0.0.1:${port}/tandem`)).rejects.toThrow(
      `127.0.0.1:${port}, database "tandem": what listens there is not PostgreSQL. Correct host and port`,
    );
  });

  it('says that there is no such host', async () => {
    const checked = checkServer('postgres://ada:hunter2@no-such-host.invalid/tandem');
    await expect(checked).rejects.toThrow(/there is no such host\.|name of the host cannot be resolved/);
  });

  it('shows neither user nor password', async () => {
    const url = await serve(refuse('28P01'));
    await expect(checkServer(url)).rejects.not.toThrow(/ada|hunter2/);
  });
});

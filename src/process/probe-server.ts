import { connect } from 'node:net';

/** `SSLRequest` of the PostgreSQL protocol 3 (message formats): its length, then its code. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

/** What a PostgreSQL answers to it, with or without TLS: one byte and nothing else. */
const ANSWERS: readonly string[] = ['S', 'N'];

/** Where a client connects: a name or address, or the folder of a Unix socket. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
}

/**
 * Whether a PostgreSQL answers at an address. Others are better not talked to by its client: what they say may keep it
 * waiting, or busy for ever. Fails where there is no connection, or no answer in time (`ETIMEDOUT`).
 */
export function isPostgres({ host, port }: ServerAddress, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
    const late = Object.assign(new Error('No answer in time'), { code: 'ETIMEDOUT' });
    socket.setTimeout(timeoutMs, () => socket.destroy(late));
    let isConnected = false;
    socket.once('connect', () => {
      isConnected = true;
      socket.write(SSL_REQUEST);
    });
    socket.once('data', (bytes) => {
      resolve(ANSWERS.includes(bytes.toString('latin1')));
      socket.destroy();
    });
    // One that hangs up without an answer does not know the question; what has been answered stays.
    socket.once('error', (error) => (isConnected && error !== late ? resolve(false) : reject(error)));
    socket.once('close', () => resolve(false));
  });
}

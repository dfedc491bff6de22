import { createServer, get, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { type Options, pinoHttp } from 'pino-http';
import { requestLog } from './request-log.js';

/** The lines that one request leaves in the log. */
async function linesOf(path: string, status: number): Promise<readonly Record<string, unknown>[]> {
  const lines: Record<string, unknown>[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>);
      done();
    },
  });
  const log = pinoHttp(requestLog({ level: 'info', pretty: false }).pinoHttp as Options, sink);
  const server = createServer((request, response) => {
    Object.assign(request, { id: 'req-1' });
    log(request, response);
    response.writeHead(status).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const headers = { authorization: 'Bearer hunter2', cookie: 'session=hunter2' };
  const [answer] = (await once(get({ port, path, headers, agent: false }), 'response')) as [IncomingMessage];
  answer.resume();
  server.close();
  await once(server, 'close');
  return lines;
}

describe('the request log', () => {
  it('has one line with id, method, path, status and time', async () => {
    const [line, ...rest] = await linesOf('/api/v1/runs?input=hunter2', 201);
    expect(rest).toEqual([]);
    expect(line).toMatchObject({ level: 30, requestId: 'req-1', res: { status: 201 } });
    expect(line?.['msg']).toMatch(/^GET \/api\/v1\/runs 201 \d+ ms$/);
  });

  it('holds no header and no query', async () => {
    expect(JSON.stringify(await linesOf('/api/v1/runs?input=hunter2', 200))).not.toContain('hunter2');
  });

  it('shows a fault of ours as an error', async () => {
    expect(await linesOf('/api/v1/runs', 500)).toMatchObject([{ level: 50 }]);
  });

  it('is silent on probes', async () => {
    expect([...(await linesOf('/health/ready', 200)), ...(await linesOf('/metrics', 200))]).toEqual([]);
  });
});

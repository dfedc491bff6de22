import { createServer, get, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { describe, expect, it } from '@jest/globals';
import { type Logger, pino } from 'pino';
import { type Options, pinoHttp } from 'pino-http';
import { type WorkIds, workOn } from '../common/work-ids.js';
import { requestLog } from './request-log.js';

function sinkFor(lines: string[]): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
}

const OPTIONS = requestLog({ level: 'info', pretty: false }).pinoHttp as Options;

/** The lines that one request leaves in the log; `during` is called while it is answered. */
async function textOf(path: string, status: number, during?: (log: Logger) => void): Promise<string[]> {
  const lines: string[] = [];
  const log = pinoHttp(OPTIONS, sinkFor(lines));
  const server = createServer((request, response) => {
    Object.assign(request, { id: 'req-1' });
    log(request, response);
    during?.(request.log);
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

const read = (lines: readonly string[]) => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
const linesOf = async (path: string, status: number) => read(await textOf(path, status));

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

  it('names the request of a line once', async () => {
    const lines = await textOf('/api/v1/runs', 200, (log) =>
      workOn({ requestId: 'req-1' }, () => log.info('within')),
    );
    expect(lines.map((line) => line.match(/"requestId"/g)?.length)).toEqual([1, 1]);
  });
});

describe('a line of the log', () => {
  const write = (ids: WorkIds) => {
    const lines: string[] = [];
    const log = pino(OPTIONS, sinkFor(lines));
    workOn(ids, () => log.child({ context: 'Engine' }).warn('It happened.'));
    return read(lines)[0];
  };

  it('says what was being worked on', () => {
    const ids = { requestId: 'r', runId: 'run', taskId: 'task', agentId: 'agent' };
    expect(write(ids)).toMatchObject({ level: 40, msg: 'It happened.', context: 'Engine', ...ids });
    expect(write({ requestId: 'r' })).not.toHaveProperty('runId');
  });

  it('says in which span it was', () => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    const ids = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 };
    const within = trace.setSpanContext(context.active(), ids);
    expect(context.with(within, () => write({ runId: 'run' }))).toMatchObject({
      ...{ runId: 'run', trace_id: ids.traceId, span_id: ids.spanId },
    });
    context.disable();
  });
});

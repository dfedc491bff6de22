import { describe, expect, it } from '@jest/globals';
import { useEngine } from '../../support/use-engine.js';

const engine = useEngine();

interface Sent {
  readonly id: number;
  readonly event: string;
  readonly data: { sequence: number; runId: string; type: string };
}

/** Reads server-sent events until the stream ends or `enough` of them came. */
async function follow(
  path: string,
  headers: Record<string, string> = {},
  enough = Infinity,
): Promise<Sent[]> {
  const answer = await fetch(`${engine.test.base}/api/v1${path}`, { headers });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    200,
    'text/event-stream; charset=utf-8',
  ]);
  const sent: Sent[] = [];
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2)));
      if (fields.id !== undefined)
        sent.push({ id: Number(fields.id), event: fields.event, data: JSON.parse(fields.data as string) });
    }
    // Leaving the loop closes the connection.
    if (sent.length >= enough) break;
  }
  return sent.slice(0, enough);
}

const chain = (length: number, ms: number) =>
  Array.from({ length }, (_, index) => ({
    taskId: `t${index}`,
    taskType: 'test.sleep',
    parameters: { ms },
    dependencies: index === 0 ? [] : [`t${index - 1}`],
  }));

describe('the events of a run', () => {
  it('can be resumed from every point, also long after the end; after the last there is nothing', async () => {
    const { id } = await engine.run(chain(4, 1));
    const all = await follow(`/runs/${id}/events`);
    expect(all.map((sent) => sent.id)).toEqual(Array.from({ length: all.length }, (_, index) => index + 1));
    expect(all.every(({ data, event, id }) => data.sequence === id && data.type === event)).toBe(true);
    for (let last = 1; last < all.length; last += 1) {
      const header = await follow(`/runs/${id}/events`, { 'last-event-id': String(last) });
      expect(header).toEqual(all.slice(last));
      const query = await follow(`/runs/${id}/events?after=${last}`);
      expect(query).toEqual(all.slice(last));
    }
    const after = await fetch(`${engine.test.base}/api/v1/runs/${id}/events`, {
      headers: { 'last-event-id': String(all.length) },
    });
    expect([after.status, await after.text()]).toEqual([204, '']);
  });

  it('reach a reader that comes and goes while the run is under way, each once', async () => {
    const id = await engine.start(chain(40, 10));
    const seen: Sent[] = [];
    for (let reconnects = 0; reconnects < 100 && seen.at(-1)?.event !== 'run.succeeded'; reconnects += 1) {
      const last = seen.at(-1)?.id;
      const headers: Record<string, string> = last === undefined ? {} : { 'last-event-id': String(last) };
      seen.push(...(await follow(`/runs/${id}/events`, headers, 7)));
    }
    const stored = await engine.events(id);
    expect(seen.map((sent) => `${sent.id} ${sent.event}`)).toEqual(
      stored.map(({ sequence, type }) => `${sequence} ${type}`),
    );
    expect(seen).toHaveLength(123);
  });

  it('reach many readers at once', async () => {
    const id = await engine.start(chain(10, 10));
    const readers = await Promise.all(Array.from({ length: 20 }, () => follow(`/runs/${id}/events`)));
    for (const reader of readers) expect(reader).toEqual(readers[0]);
    expect(readers[0]).toHaveLength(33);
  });

  it('come soon after they are stored, not with the next poll', async () => {
    const id = await engine.start([{ taskId: 'a', taskType: 'test.gate', parameters: { gate: 'live' } }]);
    await engine.calls.gate('live').arrived.promise;
    const rest = follow(`/runs/${id}/events?after=4`);
    const before = performance.now();
    engine.calls.gate('live').released.resolve(1);
    expect((await rest).map(({ event }) => event)).toEqual(['task.succeeded', 'run.succeeded']);
    expect(performance.now() - before).toBeLessThan(900);
  });

  it.each([
    ['x', 'invalid_type'],
    ['1.5', 'invalid_type'],
    ['', 'invalid_type'],
    ['-1', 'too_small'],
    ['2147483648', 'too_big'],
    ['99999999999999999999', 'too_big'],
  ])('are not sent after %j, which is no number of an event', async (last, code) => {
    const { id } = await engine.run([{ taskId: 'a', taskType: 'test.noop' }]);
    const path = `/api/v1/runs/${id}/events`;
    const header = await engine.test.http('GET', path, undefined, { 'last-event-id': last });
    const query = await engine.test.http('GET', `${path}?after=${last}`);
    expect([header.status, header.body.errors]).toMatchObject([400, [{ code, pointer: '/Last-Event-ID' }]]);
    expect([query.status, query.body.errors]).toMatchObject([400, [{ code, pointer: '/after' }]]);
  });

  it('of a run that is not there are 404', async () => {
    const answer = await engine.get('/runs/0198c0de-0000-7000-8000-000000000001/events');
    expect([answer.status, answer.body.code]).toEqual([404, 'run_not_found']);
  });
});

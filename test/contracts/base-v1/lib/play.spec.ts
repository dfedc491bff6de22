import { describe, expect, it } from '@jest/globals';
import { Player, type Server } from './play.js';

interface Sent {
  readonly line: string;
  readonly body: unknown;
  readonly headers: unknown;
}

/** Answers with these bodies in turn, the last one for ever; remembers what it was sent. */
function server(bodies: readonly unknown[], type = 'application/json'): Server & { readonly sent: Sent[] } {
  const sent: Sent[] = [];
  return {
    sent,
    http: (method, path, body, headers) => {
      sent.push({ line: `${method} ${path}`, body, headers });
      const answered = bodies[Math.min(sent.length, bodies.length) - 1];
      return Promise.resolve({ status: 200, headers: new Headers({ 'content-type': type }), body: answered });
    },
  };
}

describe('a player', () => {
  it('puts what it captured into paths, headers and bodies, and leaves references alone', async () => {
    const tested = server([{ items: [{ id: 'a1' }] }]);
    const player = new Player(tested);
    await player.play({ name: '1', request: 'GET /agents', capture: { 'agent.id': '/body/items/0/id' } });
    await player.play({
      name: '2',
      request: 'POST /agents/{agent.id}',
      headers: { 'If-Match': '{agent.id}' },
      body: { list: ['{agent.id}', '{{ run.input.name }}', '{{agent.id}}', 7] },
    });
    expect(tested.sent[1]).toEqual({
      line: 'POST /agents/a1',
      headers: { 'If-Match': 'a1' },
      body: { list: ['a1', '{{ run.input.name }}', '{{agent.id}}', 7] },
    });
  });

  it('says which name was not captured', async () => {
    const { failure } = await new Player(server([])).play({ name: '1', request: 'GET /agents/{agent.id}' });
    expect(failure).toContain('{agent.id}');
  });

  it('asks again until a value is there', async () => {
    const tested = server([{ status: 'queued' }, { status: 'running' }, { status: 'waiting' }]);
    const until = { pointer: '/body/status', equals: 'waiting' };
    const { answer } = await new Player(tested).play({ name: '1', request: 'GET /run', until });
    expect([answer?.body, tested.sent.length]).toEqual([{ status: 'waiting' }, 3]);
  });

  it('reads events, without heartbeats', async () => {
    const text = ': heartbeat\n\nid: 1\nevent: run.queued\ndata: {"at":": x"}\n\n: heartbeat\n\n';
    const tested = server([text], 'text/event-stream; charset=utf-8');
    const { answer } = await new Player(tested).play({ name: '1', request: 'GET /events' });
    expect(answer?.body).toEqual([{ id: '1', event: 'run.queued', data: { at: ': x' } }]);
  });

  it('reads the names, types and labels of our metrics', async () => {
    const lines = [
      '# TYPE tandem_seconds histogram',
      'tandem_seconds_bucket{le="1",route="/a"} 1',
      'tandem_seconds_sum{route="/a"} 1',
      '# TYPE tandem_slots gauge',
      'tandem_slots 0',
      '# TYPE nodejs_heap gauge',
      'nodejs_heap 7',
    ];
    const tested = server([`${lines.join('\n')}\n`], 'text/plain; version=0.0.4');
    const { answer } = await new Player(tested).play({ name: '1', request: 'GET /metrics' });
    expect(answer?.body).toEqual({
      tandem_seconds: { type: 'histogram', labels: ['route'] },
      tandem_slots: { type: 'gauge', labels: [] },
    });
  });
});

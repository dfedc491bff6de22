import { describe, expect, it } from '@jest/globals';
import { Recorder } from './record-answer.js';

const ADA = '0192aaaa-0000-7000-8000-000000000001';
const BOB = '0192aaaa-0000-7000-8000-000000000002';
const body = (value: object) => ({ status: 200, headers: {}, body: value as never });

describe('a recorder', () => {
  it('names equal ids alike, in the order of their appearance', () => {
    const recorder = new Recorder();
    const first = recorder.record(body({ id: BOB, url: `/agents/${ADA}/tasks/${BOB}` }), {});
    expect(first.body).toEqual({ id: '<uuid:1>', url: '/agents/<uuid:2>/tasks/<uuid:1>' });
    expect(recorder.record(body([ADA]), {}).body).toEqual(['<uuid:2>']);
  });

  it('counts requests apart, and keeps an id that the client chose', () => {
    const { headers } = new Recorder().record(
      { status: 200, headers: { 'x-request-id': ADA, location: BOB } },
      {},
    );
    expect(headers).toEqual({ 'x-request-id': '<request:1>', location: '<uuid:1>' });
    expect(new Recorder().record(body({ requestId: 'mine' }), {}).body).toEqual({ requestId: 'mine' });
  });

  it('names times, versions, cursors and long texts', () => {
    const etag = `"${'a'.repeat(64)}"`;
    const value = { at: '2026-11-22T12:00:00.000Z', etag, nextCursor: 'abc', long: 'x'.repeat(3_000) };
    expect(new Recorder().record(body(value), {}).body).toEqual({
      at: '<time>',
      etag: '<etag:1>',
      nextCursor: '<cursor>',
      long: '<text of 3000 characters>',
    });
  });

  it('keeps what is the same each time', () => {
    const value = { status: 'queued', n: 1, none: null, list: [true], nextCursor: null };
    expect(new Recorder().record(body(value), {}).body).toEqual(value);
  });

  it('keeps only the kind of what varies', () => {
    const answer = body({ items: [{ n: 1 }, { n: 2 }], n: 3 });
    expect(new Recorder().record(answer, { varies: { '/body/items/*/n': 'number' } }).body).toEqual({
      items: [{ n: '<number>' }, { n: '<number>' }],
      n: 3,
    });
  });
});
